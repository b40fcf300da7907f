import { type ErrorDetails, NightshiftError } from './errors.ts';

export interface StateStoreFailure extends ErrorDetails {
  /** The store as people know it: `s3://bucket/prefix` or a directory. */
  readonly location: string;
  /** The document; absent when the store as a whole failed. */
  readonly key?: string;
  /** The permission that is missing, such as `s3:PutObject`. */
  readonly permission?: string;
  readonly retryable?: boolean;
}

/**
 * The state store could not do what was asked: no access, no such bucket or directory, no connection. The document is as it was before, or,
 * for a write that timed out, possibly written; a caller that repeats the write gets the truth. Never used for "exists" and "changed", which are answers.
 */
export class StateStoreError extends NightshiftError {
  readonly code = 'state_store';
  override readonly retryable: boolean;
  readonly location: string;
  readonly key: string | undefined;
  readonly permission: string | undefined;

  constructor(message: string, failure: StateStoreFailure) {
    super(message, failure);
    this.location = failure.location;
    this.key = failure.key;
    this.permission = failure.permission;
    this.retryable = failure.retryable ?? false;
  }
}
