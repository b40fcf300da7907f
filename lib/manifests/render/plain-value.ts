import { define, type Value, type ValueMap } from '../json.ts';

/**
 * What a parser made of a document, as values: integers as numbers where those count them exactly, else as bigints.
 * @throws Error for a value that is inside of itself, and for a number that no JSON has
 */
export function plainValue(value: unknown, within: readonly unknown[] = []): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number is infinite, too large, or none');
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (within.includes(value)) throw new Error('an alias stands for something that it is a part of');
  const inside = [...within, value];
  if (Array.isArray(value)) return value.map((item) => plainValue(item, inside));
  const result: ValueMap = {};
  for (const [key, field] of Object.entries(value)) define(result, key, plainValue(field, inside));
  return result;
}
