import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';

export type YamlVersion = '1.1' | '1.2';

/** What a parser makes of every node of a text, by the way to it; keys by their text. */
export type Reading = ReadonlyMap<string, unknown>;

/** The whole text as a version of YAML reads it. @throws when it cannot be read */
export function readingOf(text: string, version: YamlVersion): Reading {
  // The parser counts a byte order mark as a column.
  const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), { version, uniqueKeys: false, logLevel: 'error' });
  const documents = 'empty' in parsed ? [] : parsed;
  const reading = new Map<string, unknown>();
  for (const [index, document] of documents.entries()) {
    if (document.errors[0]) throw document.errors[0];
    visit(document.contents, wayTo(index, []), reading);
  }
  return reading;
}

export function wayTo(document: number, path: readonly (string | number)[]): string {
  return JSON.stringify([document, ...path]);
}

function visit(node: unknown, way: string, reading: Map<string, unknown>): void {
  const inner = (step: string | number): string => `${way.slice(0, -1)},${JSON.stringify(step)}]`;
  if (isMap(node)) {
    reading.set(way, ['mapping', node.anchor, node.tag, node.flow, node.items.map(({ key }) => (isScalar(key) ? key.source : key))]);
    for (const { key, value } of node.items) visit(value, inner(isScalar(key) ? (key.source ?? '') : '?'), reading);
  } else if (isSeq(node)) {
    reading.set(way, ['sequence', node.anchor, node.tag, node.flow, node.items.length]);
    for (const [index, item] of node.items.entries()) visit(item, inner(index), reading);
  } else if (isAlias(node)) reading.set(way, ['alias', node.source]);
  else reading.set(way, isScalar(node) ? [node.value, node.anchor, node.tag] : [null, undefined, undefined]);
}
