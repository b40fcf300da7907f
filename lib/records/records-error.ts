import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';

export interface RecordsFailure extends ErrorDetails {
  /** The table as people know it: `dynamodb://region/table`. */
  readonly location: string;
  /** `pk / sk`, or what of the table was asked for. */
  readonly record: string;
  /** The permission that is missing, such as `dynamodb:PutItem`. */
  readonly permission?: string;
  readonly retryable?: boolean;
}

/**
 * The table of records could not do what was asked: no access, no such table, no connection, too many requests. A write that timed out has
 * possibly happened; a caller that repeats it gets the truth. Never used for a condition that does not hold, which is an answer.
 */
export class RecordsError extends NightshiftError {
  readonly code = 'records';
  override readonly retryable: boolean;
  readonly location: string;
  readonly record: string;
  readonly permission: string | undefined;

  constructor(message: string, failure: RecordsFailure) {
    super(message, failure);
    this.location = failure.location;
    this.record = failure.record;
    this.permission = failure.permission;
    this.retryable = failure.retryable ?? false;
  }
}
