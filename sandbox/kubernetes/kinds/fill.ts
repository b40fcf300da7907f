import { clone, isJsonObject, type Json, type JsonObject } from '../json.ts';

/** Sets fields that are absent. `null` counts as absent, as it does for the server's decoder. */
export function fill(target: JsonObject, defaults: Readonly<Record<string, Json>>): void {
  for (const [key, value] of Object.entries(defaults)) {
    if (target[key] === undefined || target[key] === null) target[key] = clone(value);
  }
}

/** The object at a key, created when it is absent. A value of another type is left alone for validation to name. */
export function child(target: JsonObject, key: string): JsonObject {
  const present = target[key];
  if (isJsonObject(present)) return present;
  const created: JsonObject = {};
  if (present === undefined || present === null) target[key] = created;
  return created;
}

/** The objects of a list field; other items are left for validation to name. */
export function items(target: JsonObject, key: string): JsonObject[] {
  const list = target[key];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
