import { isJsonObject, type Json } from '../../manifests/json.ts';
import type { ValueType } from '../suite/assertion.ts';
import { show } from './show.ts';

/**
 * Deep equality of JSON values, types included; the order of fields does not matter.
 * @param filled the expected value came through a `{{name}}`, so that a text stands for the number or boolean that is written like it
 */
export function equals(actual: Json, expected: Json, filled: boolean): boolean {
  if (actual === expected) return true;
  if (filled && typeof expected === 'string' && (typeof actual === 'number' || typeof actual === 'boolean'))
    return String(actual) === expected;
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.length === expected.length && actual.every((item, index) => equals(item, expected[index] ?? null, filled));
  if (!isJsonObject(actual) || !isJsonObject(expected)) return false;
  const fields = Object.entries(actual);
  return (
    fields.length === Object.keys(expected).length &&
    fields.every(([name, value]) => Object.hasOwn(expected, name) && equals(value ?? null, expected[name] ?? null, filled))
  );
}

/** Whether a text has a text in it, or a list an item; `undefined` for what can have neither. */
export function contains(value: Json, part: Json, filled: boolean): { readonly ok: boolean; readonly actual: string } | undefined {
  if (typeof value === 'string') return { ok: typeof part === 'string' && value.includes(part), actual: show(value) };
  if (Array.isArray(value)) return { ok: value.some((item) => equals(item, part, filled)), actual: show(value) };
  return undefined;
}

/** Characters as people count them, items, fields; `undefined` for what has no length. RFC 9535, section 2.4.4. */
export function lengthOf(value: Json): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}

export function isOfType(value: Json, type: ValueType): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      return type satisfies never;
  }
}
