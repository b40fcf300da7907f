import { clone, define, fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';

/**
 * One layer of values over another, as Helm lays values files: maps merge, everything else replaces, lists as a whole. A null stays as the mark of a
 * deletion, so that layers may be laid in groups; `withoutDeleted` takes it out in the end. Neither argument is changed.
 */
export function layerValues(below: JsonObject, above: JsonObject): JsonObject {
  const result = clone(below);
  for (const [key, value] of Object.entries(above)) {
    const present = fieldOf(result, key);
    if (value !== undefined) define(result, key, isJsonObject(present) && isJsonObject(value) ? layerValues(present, value) : clone(value));
  }
  return result;
}

/** The values without what is null: those keys are not there. An item of a list that is null stays. */
export function withoutDeleted(values: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) define(result, key, isJsonObject(value) ? withoutDeleted(value) : clone<Json>(value));
  }
  return result;
}
