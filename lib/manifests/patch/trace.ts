import { define, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Steps } from './changes.ts';
import { applyOperations, operationsOf } from './json-patch.ts';

/** Where the parts of a document come from that a patch has changed. */
export interface Trace {
  /** Of the shape that the document has after the patch. */
  readonly tree: Json;
  /** Where a part of the tree stood before the patch; undefined for what the patch brought. */
  originOf(part: Json | undefined): Steps | undefined;
}

/** Makes the patch, which is known to fit, on a shadow of the document in which every value is an object of its own, by which it is known again. */
export function traceJsonPatch(document: Json, patch: Json): Trace {
  const origins = new WeakMap<object, Steps>();
  const marked = <T extends Json[] | JsonObject>(part: T, origin: Steps | undefined): T => {
    if (origin) origins.set(part, origin);
    return part;
  };
  const originOf = (part: Json | undefined): Steps | undefined =>
    typeof part === 'object' && part !== null ? origins.get(part) : undefined;
  const shadowOf = (value: Json, path: Steps): Json => {
    if (Array.isArray(value))
      return marked(
        value.map((item, index) => shadowOf(item, [...path, index])),
        path,
      );
    return marked(isJsonObject(value) ? mapped(value, (field, key) => shadowOf(field, [...path, key])) : {}, path);
  };
  const copyOf = (part: Json): Json => {
    if (Array.isArray(part)) return marked(part.map(copyOf), originOf(part));
    return isJsonObject(part) ? marked(mapped(part, copyOf), originOf(part)) : part;
  };
  const operations = operationsOf(patch).filter(({ op }) => op !== 'test');
  return { tree: applyOperations(shadowOf(document, []), operations, copyOf), originOf };
}

function mapped(map: JsonObject, change: (field: Json, key: string) => Json): JsonObject {
  const result: JsonObject = {};
  for (const [key, field] of Object.entries(map)) if (field !== undefined) define(result, key, change(field, key));
  return result;
}

/** Is there anything in a part of a trace, below it, that comes from elsewhere? */
export function holdsOrigin(part: Json | undefined, originOf: Trace['originOf']): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return Object.values(part).some((child) => originOf(child) !== undefined || holdsOrigin(child, originOf));
}

/** The part of a part of a trace. */
export function partAt(part: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(part)) return part[Number(step)];
  return isJsonObject(part) && Object.hasOwn(part, step) ? part[step] : undefined;
}
