import { keyText } from './record-key.ts';
import { RecordsError } from './records-error.ts';
import type { Expectation, RecordItem, RecordKey, RecordsTable } from './records-table.ts';

/** What a contender does about the record it met: answer, or write it if it still is as expected and answer then. */
export type Move<T> =
  | { readonly answer: T; readonly put?: never }
  | { readonly answer: T; readonly put: RecordItem; readonly expect: Expectation };

/** Each lost round means that somebody else got on; so many are no contention any more. */
const ROUNDS = 10;

/**
 * Decides about a record that others may be writing: the record is taken for absent at first, which saves the read where nobody was there before;
 * whoever loses decides again on what was found.
 * @throws RecordsError when the record changes faster than it can be decided about
 */
export async function contend<T>(
  table: RecordsTable,
  { key, signal }: { readonly key: RecordKey; readonly signal: AbortSignal | undefined },
  decide: (found: RecordItem | undefined) => Move<T>,
): Promise<T> {
  let found: RecordItem | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const move = decide(found);
    if (move.put === undefined) return move.answer;
    const put = await table.put(move.put, { expect: move.expect, signal });
    if (put.written) return move.answer;
    found = put.found;
  }
  throw new RecordsError(`record ${keyText(key)} in ${table.location} could not be written: it changed ${ROUNDS} times meanwhile`, {
    location: table.location,
    record: keyText(key),
    retryable: true,
    hint: 'try again',
  });
}
