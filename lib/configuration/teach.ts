import type * as z from 'zod';
import { nearestWord } from '../schedule/nearest-word.ts';

type Issue = z.core.$ZodRawIssue;

/** What a value should have been, in the words of the file. */
const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section of words with values',
  record: 'a section of names with sections of their own',
};

/** The message of an issue that the schema itself has no words for: what is wrong and how it is written instead. */
export function teach(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.input);
    case 'invalid_value':
      return wrongValue(issue.values, issue.input);
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : limit('least', issue.minimum, issue.origin);
    case 'too_big':
      return limit('most', issue.maximum, issue.origin);
    case 'invalid_key':
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
}

function wrongType(expected: string, input: unknown): string {
  if (input === undefined) return 'is missing';
  const wanted = EXPECTED[expected] ?? expected;
  if (input === null) return `is empty, where ${wanted} belongs${EMPTY[expected] ?? ''}`;
  if (expected === 'array') return `must be a list; put it in brackets: [${isSection(input) ? '...' : String(input)}]`;
  if (expected === 'string' && !isSection(input)) return `must be text; put it in quotes: "${String(input)}"`;
  return `must be ${wanted}`;
}

const EMPTY: Readonly<Record<string, string>> = {
  object: '; write {} when it says nothing of its own',
  record: '',
  array: '; write [] for none',
};

function wrongValue(values: readonly unknown[], input: unknown): string {
  const all = values.map(String);
  if (input === undefined) return all.length === 1 ? `is missing; it is ${all[0]}` : 'is missing';
  if (all.length === 1) return `must be ${all[0]}`;
  const nearest = typeof input === 'string' ? nearestWord(input, all) : undefined;
  return `must be one of ${all.join(', ')}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

function limit(which: 'least' | 'most', value: number | bigint, origin: string): string {
  if (origin === 'array') return `must have at ${which} ${value}`;
  return origin === 'string' ? `must have at ${which} ${value} characters` : `must be at ${which} ${value}`;
}

function isSection(input: unknown): boolean {
  return typeof input === 'object' && input !== null;
}
