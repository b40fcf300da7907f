import { JSONPathEnvironment, type JSONPathQuery } from 'json-p3';
import type { Json } from '../../manifests/json.ts';

/** A path of RFC 9535. */
export interface JsonPath {
  /** Whether it can find one value at most: names and indexes alone. */
  readonly singular: boolean;
  /** Values in the order of the document. Throws Error for a document that is nested too deeply. */
  find(document: Json): readonly Json[];
}

/** Deeper than any answer of a service, and not too deep for the stack. */
const DEEPEST = 500;

const environment = new JSONPathEnvironment({ strict: true, maxRecursionDepth: DEEPEST });

/** @throws Error that says what is wrong with the path */
export function parseJsonPath(path: string): JsonPath {
  const query: JSONPathQuery = environment.compile(path);
  return {
    singular: query.singularQuery(),
    find: (document) => query.query(document as Parameters<JSONPathQuery['query']>[0]).values() as Json[],
  };
}
