import { BadInputError } from '../platform/errors.ts';
import type { RecordKey } from './records-table.ts';

/** DynamoDB's limits, in bytes. */
const LONGEST_PK = 2048;
const LONGEST_SK = 1024;

/**
 * A key made of words and names with `#` between them. Only the last part may hold a `#` itself: anywhere else two different names could make one key.
 * @throws BadInputError for an empty part, a `#` in the middle, or a key that DynamoDB would not take
 */
export function recordKey(pk: readonly string[], sk: readonly string[]): RecordKey {
  return { pk: joined(pk, LONGEST_PK), sk: joined(sk, LONGEST_SK) };
}

/** What the `sk` of a group of records begins with: `deploy#prod#`. @throws BadInputError */
export function recordPrefix(parts: readonly string[]): string {
  return joined([...parts, '.'], LONGEST_SK).slice(0, -1);
}

/** For messages: `app#shop / release#2.4.1`. */
export function keyText({ pk, sk }: RecordKey): string {
  return `${pk} / ${sk}`;
}

function joined(parts: readonly string[], longest: number): string {
  const key = parts.join('#');
  const wrong = problemOf(parts) ?? (Buffer.byteLength(key) > longest ? `it has more than ${longest} bytes` : undefined);
  if (wrong === undefined) return key;
  const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
  throw new BadInputError(`no record can be named ${JSON.stringify(shown)}: ${wrong}`, {
    hint: 'use short names of applications, stages and jobs, without #',
  });
}

function problemOf(parts: readonly string[]): string | undefined {
  if (parts.some((part) => part === '')) return 'a part of it is empty';
  return parts.slice(0, -1).some((part) => part.includes('#')) ? 'a part before the last holds a #' : undefined;
}
