import { clone, define, fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';

/**
 * RFC 7386 (and 7396, which repeats it): objects merge, `null` removes, everything else replaces, lists as a whole too. Neither argument is changed.
 * A null inside a list stays, as the RFC wants; the API server drops it, and no built-in kind could hold it.
 */
export function applyMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return clone(patch);
  const result: JsonObject = isJsonObject(target) ? clone(target) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) define(result, key, applyMergePatch(fieldOf(result, key), value));
  }
  return result;
}
