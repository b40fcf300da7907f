import { type ErrorDetails, NightshiftError } from '../../platform/errors.ts';

/**
 * `unknown`: the platform knows no such job or hook. `answered`: it has been answered before, and answers are taken once. `refused`: the answer is
 * not of the form that the platform takes. `denied`: the credentials may not answer. `unavailable`: the platform could not be reached or failed.
 */
export type ResultTrouble = 'unknown' | 'answered' | 'refused' | 'denied' | 'unavailable';

export interface ResultErrorDetails extends ErrorDetails {
  readonly trouble: ResultTrouble;
  /** Whether the platform may have taken the answer all the same. */
  readonly arrived: 'no' | 'maybe';
  readonly retryable: boolean;
}

/** A deployment service did not confirm the answer to its job. While `arrived` is `maybe`, no other answer may be sent in its place. */
export class ResultError extends NightshiftError {
  readonly code = 'deployment_result';
  readonly trouble: ResultTrouble;
  readonly arrived: 'no' | 'maybe';
  override readonly retryable: boolean;

  constructor(message: string, details: ResultErrorDetails) {
    super(message, details);
    this.trouble = details.trouble;
    this.arrived = details.arrived;
    this.retryable = details.retryable;
  }
}
