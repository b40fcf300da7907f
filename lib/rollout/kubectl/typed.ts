import { type Fields, isFields } from '../../kubernetes/fields.ts';
import { isInteger } from '../object/integer.ts';
import { invalidField } from '../object/status-error.ts';
import { wordFor } from '../object/word-for.ts';

/**
 * A mapping of an object as kubectl decodes it into its types: what is missing or null is empty, what has another type is an error.
 * kubectl decodes the whole object; here the fields that are read are checked.
 */
export interface Typed {
  readonly path: string;
  readonly fields: Fields;
}

/** @throws StatusError when it is neither a mapping nor null or missing */
export function typed(value: unknown, path: string): Typed {
  const fields = value ?? {};
  if (isFields(fields)) return { path, fields };
  throw invalidField(path || 'the object', wordFor(fields), 'a mapping');
}

export function mappingIn(parent: Typed, field: string): Typed {
  return typed(parent.fields[field], pathOf(parent, field));
}

/** An int32, undefined when it is missing or null. Numbers that do not fit wrap around, as Go's conversion does. */
export function optionalInt32(parent: Typed, field: string): number | undefined {
  const value = optionalInt64(parent, field);
  return value === undefined ? undefined : value | 0;
}

export function int32(parent: Typed, field: string): number {
  return optionalInt32(parent, field) ?? 0;
}

export function int64(parent: Typed, field: string): number {
  return optionalInt64(parent, field) ?? 0;
}

function optionalInt64(parent: Typed, field: string): number | undefined {
  const value = parent.fields[field];
  if (value === undefined || value === null) return undefined;
  if (isInteger(value)) return value;
  throw invalidField(pathOf(parent, field), wordFor(value), 'an integer');
}

export function textIn(parent: Typed, field: string): string {
  const value = parent.fields[field] ?? '';
  if (typeof value === 'string') return value;
  throw invalidField(pathOf(parent, field), wordFor(value), 'a text');
}

/** The mappings of a list, those that are null as empty ones. */
export function mappingsIn(parent: Typed, field: string): readonly Typed[] {
  const value = parent.fields[field] ?? [];
  const path = pathOf(parent, field);
  if (!Array.isArray(value)) throw invalidField(path, wordFor(value), 'a list');
  return value.map((entry: unknown, index) => typed(entry, `${path}[${index}]`));
}

function pathOf({ path }: Typed, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}
