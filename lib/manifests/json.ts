/** What a JSON document can hold; `undefined` marks a field that is left out. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** What a YAML document can hold, too: integers with all their digits. */
export type Value = string | number | bigint | boolean | null | Value[] | ValueMap;
export interface ValueMap {
  [key: string]: Value | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isValueMap(value: Value | undefined): value is ValueMap {
  return isJsonObject(value);
}

/** Deep copy; fields that are `undefined` are left out. */
export function clone<T extends Value>(value: T): T {
  return copy(value) as T;
}

function copy(value: Value): Value {
  if (Array.isArray(value)) return value.map(copy);
  if (!isValueMap(value)) return value;
  const result: ValueMap = {};
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined) define(result, key, copy(field));
  }
  return result;
}

/** Sets a field even when its name is special to JavaScript (`__proto__` is a legal annotation key). */
export function define<V extends Value>(target: { [key: string]: V | undefined }, key: string, value: V): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** A field of the object's own, never one that JavaScript lends to every object. */
export function fieldOf<V extends Value>(value: V | undefined, key: string): (V extends Json ? Json : Value) | undefined;
export function fieldOf(value: Value | undefined, key: string): Value | undefined {
  return isValueMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Deep equality where an absent field and `undefined` are the same and the order of fields does not matter. */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equal(item, right[index]));
  }
  if (!isValueMap(left) || !isValueMap(right)) return false;
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  if (keys.length !== Object.keys(right).filter((key) => right[key] !== undefined).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]));
}
