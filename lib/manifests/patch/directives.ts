import { clone, define, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { BadPatchError } from './patch-error.ts';

/** Words of a strategic merge patch that are about the patch, not about the object. */
export const PATCH = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const ELEMENT_ORDER = '$setElementOrder/';
export const DELETE_PRIMITIVES = '$deleteFromPrimitiveList/';

export function isDirective(key: string): boolean {
  return key === PATCH || key === RETAIN_KEYS || key.startsWith(ELEMENT_ORDER) || key.startsWith(DELETE_PRIMITIVES);
}

/**
 * A part of a patch that meets nothing to merge with, as it goes into the object. What carries `$patch` is left out, as the API server does:
 * there is nothing to delete or replace.
 */
export function taken(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => (item === null ? item : taken(item))).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value ?? undefined;
  if (Object.hasOwn(value, PATCH)) return undefined;
  return fieldsTaken(value, taken);
}

/** A new item of a list, or a map that replaces another: only the directives themselves and nulls are left out. */
export function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withoutDirectives(item) ?? item);
  return isJsonObject(value) ? fieldsTaken(value, withoutDirectives) : (value ?? undefined);
}

function fieldsTaken(object: JsonObject, take: (value: Json) => Json | undefined): JsonObject {
  const result: JsonObject = {};
  for (const [key, field] of Object.entries(object)) {
    const kept = field === undefined || isDirective(key) ? undefined : take(field);
    if (kept !== undefined) define(result, key, kept);
  }
  return result;
}

/**
 * `$retainKeys`: takes every other field out of the target.
 * @throws BadPatchError when it is no list, or the patch sets a field that it does not name
 */
export function retainKeys(target: JsonObject, patch: JsonObject): JsonObject {
  const keys = patch[RETAIN_KEYS];
  if (keys === undefined) return target;
  const fields = Object.entries(patch).filter(([key, value]) => !isDirective(key) && value !== null && value !== undefined);
  if (!Array.isArray(keys) || fields.some(([key]) => !keys.includes(key))) {
    throw new BadPatchError('invalid patch format of retainKeys', {
      hint: 'it lists every field that the patch sets there, and those to keep',
    });
  }
  const result = clone(target);
  for (const key of Object.keys(result)) if (!keys.includes(key)) delete result[key];
  return result;
}
