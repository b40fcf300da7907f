import { type Fields, isFields } from '../../kubernetes/fields.ts';
import { isInteger } from '../object/integer.ts';
import { invalidField } from '../object/status-error.ts';
import { wordFor } from '../object/word-for.ts';

type Lookup =
  | { readonly is: 'found'; readonly value: unknown }
  | { readonly is: 'missing' }
  /** Something on the way that has no fields. */
  | { readonly is: 'blocked'; readonly at: string; readonly by: unknown };

/** Below a null there is nothing; null itself, where the path ends, is a value. */
function lookUp(object: Fields, path: readonly string[]): Lookup {
  let value: unknown = object;
  for (const [index, field] of path.entries()) {
    if (value === null) return { is: 'missing' };
    if (!isFields(value)) return { is: 'blocked', at: path.slice(0, index).join('.'), by: value };
    value = value[field];
    if (value === undefined) return { is: 'missing' };
  }
  return { is: 'found', value };
}

/** An integer, or the default for whatever else is there, as for a count that the controller has not written yet. */
export function integerAt(object: Fields, path: readonly string[], otherwise: number): number {
  const found = lookUp(object, path);
  return found.is === 'found' && isInteger(found.value) ? found.value : otherwise;
}

/** A text, or the default for whatever else is there. */
export function textAt(object: Fields, path: readonly string[], otherwise: string): string {
  const found = lookUp(object, path);
  return found.is === 'found' && typeof found.value === 'string' ? found.value : otherwise;
}

/** What is there. @throws StatusError when something on the way is neither null nor a mapping */
export function valueAt(object: Fields, path: readonly string[]): unknown {
  const found = lookUp(object, path);
  if (found.is === 'blocked') throw invalidField(found.at, wordFor(found.by), 'a mapping');
  return found.is === 'found' ? found.value : undefined;
}

/** An integer that must be one where it is present. @throws StatusError, for null too */
export function optionalInteger(object: Fields, path: readonly string[]): number | undefined {
  const value = valueAt(object, path);
  if (value === undefined || isInteger(value)) return value;
  throw invalidField(path.join('.'), wordFor(value), 'an integer');
}

/** A text that must be one where it is present. @throws StatusError, for null too */
export function optionalText(object: Fields, path: readonly string[]): string | undefined {
  const value = valueAt(object, path);
  if (value === undefined || typeof value === 'string') return value;
  throw invalidField(path.join('.'), wordFor(value), 'a text');
}
