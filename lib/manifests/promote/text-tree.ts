import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { define, type Json, type JsonObject } from '../json.ts';

/**
 * The documents of a text with every scalar as it is written, so that `1.20` stays that, and without what aliases and merge keys bring: a version is
 * changed where it stands. @returns undefined for a text that is no YAML, such as a template
 */
export function textTrees(text: string): readonly Json[] | undefined {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error', prettyErrors: false });
  if ('empty' in documents) return [];
  return documents.some(({ errors }) => errors.length > 0) ? undefined : documents.map(({ contents }) => treeOf(contents) ?? null);
}

function treeOf(node: unknown): Json | undefined {
  if (isScalar(node)) return String(node.value ?? '');
  // An alias keeps its place in a list.
  if (isSeq(node)) return node.items.map((item) => treeOf(item) ?? null);
  if (!isMap(node)) return undefined;
  const result: JsonObject = {};
  for (const { key, value } of node.items) {
    const child = treeOf(value);
    if (isScalar(key) && child !== undefined) define(result, String(key.value ?? ''), child);
  }
  return result;
}
