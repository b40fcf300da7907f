import { isInteger } from './integer.ts';

/** What a value is, for an error that must not repeat it: `a text`, `a list`, `null`. */
export function wordFor(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isInteger(value)) return 'an integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number beyond 64 bits' : 'a fraction';
  return WORDS[typeof value] ?? 'something else';
}

const WORDS: Readonly<Record<string, string>> = { string: 'a text', boolean: 'true or false', object: 'a mapping' };
