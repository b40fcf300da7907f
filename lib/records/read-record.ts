import * as z from 'zod';
import { BadRecordError } from './bad-record-error.ts';
import { keyText } from './record-key.ts';
import type { RecordItem } from './records-table.ts';

/** The version that is written, and the newest that can be read. */
export const RECORD_VERSION = 1;

/** A moment as records hold it: ISO 8601, UTC. */
export const instant = z.iso.datetime();

/** What every record has beside the fields of its kind. */
const common = z.object({ v: z.int().min(1), at: instant });

export interface Records<T> {
  readonly items: readonly T[];
  /** One error for each record that could not be used. */
  readonly skipped: readonly BadRecordError[];
}

/**
 * A record's fields, checked. Fields that the schema does not know are left out: a later version of this one may have added them.
 * @throws BadRecordError
 */
export function readRecord<T>(item: RecordItem, schema: z.ZodType<T>): T {
  const key = { pk: item.pk, sk: item.sk };
  const version = typeof item.v === 'number' ? item.v : undefined;
  if (version !== undefined && version > RECORD_VERSION) {
    throw new BadRecordError(
      `record ${keyText(key)} cannot be read: it is of version ${version}, and this program reads up to ${RECORD_VERSION}`,
      {
        key,
        newer: true,
        hint: 'update Nightshift to the release that wrote it',
      },
    );
  }
  const checked = common.safeParse(item);
  const parsed = checked.success ? schema.safeParse(item) : checked;
  if (parsed.success) return parsed.data as T;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'record';
  throw new BadRecordError(
    `record ${keyText(key)} cannot be read: its ${field} is not what it should be (${issue?.message ?? 'unknown'})`,
    {
      key,
      newer: false,
      hint: 'correct or delete the record: nothing of ours writes it like that',
    },
  );
}

/** Every record that can be used, in the order of `items`, and the others by why not. */
export function readRecords<T>(items: readonly RecordItem[], read: (item: RecordItem) => T): Records<T> {
  const good: T[] = [];
  const skipped: BadRecordError[] = [];
  for (const item of items) {
    try {
      good.push(read(item));
    } catch (error) {
      if (!(error instanceof BadRecordError)) throw error;
      skipped.push(error);
    }
  }
  return { items: good, skipped };
}
