import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';
import type { RecordKey } from './records-table.ts';

/**
 * A record that cannot be used: it is of a newer version than this program knows (`newer`), or does not have the fields of its kind. It stays as
 * it is. Where a list is read, the others are used and this one is reported.
 */
export class BadRecordError extends NightshiftError {
  readonly code = 'bad_record';
  readonly key: RecordKey;
  readonly newer: boolean;

  constructor(message: string, details: ErrorDetails & { readonly key: RecordKey; readonly newer: boolean }) {
    super(message, details);
    this.key = details.key;
    this.newer = details.newer;
  }
}
