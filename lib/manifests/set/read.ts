import { Composer, type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, Parser, visit } from 'yaml';
import type { Step } from '../tree/steps.ts';

/** A text as the two versions of YAML read it. */
export interface Readings {
  readonly '1.2': readonly Document[];
  readonly '1.1': readonly Document[];
}

export type Version = keyof Readings;
export const VERSIONS: readonly Version[] = ['1.2', '1.1'];

/** @returns undefined when the parser finds anything wrong with it */
export function readBoth(text: string): Readings | undefined {
  const tokens = [...new Parser().parse(withoutVersion(text))];
  const read = (version: Version): Document[] => [
    // The names of keys are compared where a path leads; comparing all with all takes seconds in a large mapping.
    ...new Composer({ version, uniqueKeys: false, intAsBigInt: true, logLevel: 'error', prettyErrors: false }).compose(
      tokens,
      true,
      text.length,
    ),
  ];
  const readings = { '1.2': read('1.2'), '1.1': read('1.1') };
  return VERSIONS.some((version) => readings[version].some(({ errors }) => errors.length > 0)) ? undefined : readings;
}

/** A document that names its version would be read by it in both readings. */
function withoutVersion(text: string): string {
  return text.replace(/^%YAML(?=[ \t])/gm, '#YAML');
}

/** The library's node at the end of the way; null where nothing is written. */
export function nodeAt(root: unknown, steps: readonly Step[]): unknown {
  let node = root;
  for (const { to, index } of steps) {
    const child: unknown = isMap(node) || isSeq(node) ? node.items[index] : undefined;
    node = to !== 'item' && isPair(child) ? child[to] : child;
  }
  return node;
}

/** A value without its notation; of an alias its name: what it stands for may be outside of what was read, or too much. */
export function plainValue(node: unknown, document: Document): unknown {
  if (isAlias(node)) return `*${node.source}`;
  if (isScalar(node)) return node.value;
  if (!isMap(node) && !isSeq(node)) return null;
  if (!hasAlias(node)) return node.toJS(document);
  if (isSeq(node)) return node.items.map((item) => plainValue(item, document));
  return Object.fromEntries(node.items.map(({ key, value }) => [String(plainValue(key, document)), plainValue(value, document)]));
}

/** Whether anything in it is an alias, its keys included. */
export function hasAlias(node: Node): boolean {
  let found = false;
  visit(node, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}
