import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Pair, type YAMLMap } from 'yaml';

/** Where something is written; both count from 1, columns in UTF-16 units as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds in a parsed text what stands at a path of its value, through aliases and merge keys. */
export interface YamlPlaces {
  /** Where the word or list item at `path` is written, or the nearest one above it that is written at all. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** A plain value as it is written, with the zeros that a number loses. */
  sourceOf(path: readonly PropertyKey[]): string | undefined;
}

/** A node of the tree, and the offset at which people would look for it. */
interface Found {
  readonly node: unknown;
  readonly offset: number | undefined;
}

export function yamlPlaces(document: Document, lines: LineCounter): YamlPlaces {
  const pairsOf = pairFinder(document);
  const child = (parent: unknown, step: PropertyKey): Found | undefined => {
    const inside = resolvedNode(parent, document);
    if (isMap(inside)) {
      const pair = pairsOf(inside).get(String(step));
      return pair && { node: pair.value, offset: startOf(pair.key) };
    }
    const item = isSeq(inside) ? inside.items[Number(step)] : undefined;
    return item === undefined ? undefined : { node: item, offset: startOf(item) };
  };
  const walk = (path: readonly PropertyKey[]): { readonly last: Found; readonly whole: boolean } => {
    let last: Found = { node: document.contents, offset: undefined };
    for (const step of path) {
      const next = child(last.node, step);
      if (!next) return { last, whole: false };
      last = { node: next.node, offset: next.offset ?? last.offset };
    }
    return { last, whole: true };
  };
  return {
    placeOf: (path) => placeAt(lines, walk(path).last.offset ?? 0),
    sourceOf: (path) => {
      const { last, whole } = walk(path);
      const node = whole ? resolvedNode(last.node, document) : undefined;
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** The pairs of a map by their words, its own before those of its merge keys; each map is read once. */
function pairFinder(document: Document): (map: YAMLMap) => ReadonlyMap<string, Pair> {
  const known = new WeakMap<YAMLMap, Map<string, Pair>>();
  return function pairsOf(map): ReadonlyMap<string, Pair> {
    const before = known.get(map);
    if (before) return before;
    // Registered empty first: by an alias a map can be merged into itself.
    const found = new Map<string, Pair>();
    known.set(map, found);
    for (const pair of map.items) if (!isMerge(pair)) found.set(wordOf(pair.key), pair);
    for (const { value } of map.items.filter(isMerge)) {
      for (const source of mergedMaps(value, document).filter(isMap)) {
        for (const [word, pair] of pairsOf(source)) if (!found.has(word)) found.set(word, pair);
      }
    }
    return found;
  };
}

export function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** A key as the word that it becomes; the parser makes an empty one of null. */
export function wordOf(key: unknown): string {
  return String((isScalar(key) ? key.value : key) ?? '');
}

/** `<<` without quotes; the parser makes a symbol of it. */
export function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && typeof pair.key.value === 'symbol';
}

/** The maps that a merge key takes its words from. */
export function mergedMaps(value: unknown, document: Document): readonly unknown[] {
  const sources = resolvedNode(value, document);
  return (isSeq(sources) ? sources.items : [sources]).map((source) => resolvedNode(source, document));
}

export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function resolvedNode(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}
