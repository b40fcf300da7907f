import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { isMerge, mergedMaps, startOf, wordOf } from './yaml-places.ts';

/** What YAML allows and a value of plain words loses; `offset` is where it is written. */
export interface YamlTrap {
  readonly path: readonly PropertyKey[];
  readonly offset: number;
  readonly message: string;
  /** Offset of what it is in conflict with. */
  readonly first?: number;
}

/** Words that are said twice, keys that are no words, merge keys without a map and aliases without an anchor. What aliases refer to is looked at where it is written. */
export function yamlTraps(document: Document): readonly YamlTrap[] {
  const traps: YamlTrap[] = [];
  const visit = (node: unknown, path: readonly PropertyKey[]): void => {
    if (isAlias(node) && node.resolve(document) === undefined)
      traps.push({ path, offset: startOf(node) ?? 0, message: `nothing before it is marked &${node.source}` });
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    if (!isMap(node)) return;
    traps.push(...trapsOfMap(node, path, document));
    for (const pair of node.items) if (isPair(pair)) visit(pair.value, isMerge(pair) ? path : [...path, wordOf(pair.key)]);
  };
  visit(document.contents, []);
  return traps;
}

function trapsOfMap(map: YAMLMap, path: readonly PropertyKey[], document: Document): YamlTrap[] {
  const seen = new Map<string, number>();
  return map.items.flatMap((pair): YamlTrap[] => {
    const offset = startOf(pair.key) ?? startOf(map) ?? 0;
    const wrong = whatIsWrong(pair, document);
    if (wrong !== undefined) return [{ path, offset, message: wrong }];
    const word = isMerge(pair) ? '<<' : wordOf(pair.key);
    const first = seen.get(word);
    if (first !== undefined) return [{ path: [...path, word], offset, message: 'is said twice', first }];
    seen.set(word, offset);
    return [];
  });
}

function whatIsWrong(pair: Pair, document: Document): string | undefined {
  const { key, value } = pair;
  if (isMerge(pair)) return mergedMaps(value, document).every(isMap) ? undefined : '<< takes the words of a section, and this is none';
  if (!isScalar(key) || key.value === null) return 'a word is expected before the colon';
  // The one word that JavaScript keeps for itself: it would be passed over in silence.
  return key.value === '__proto__' ? '__proto__ cannot be a name' : undefined;
}
