import { type ErrorDetails, NightshiftError } from './errors.ts';

/** Thrown when a named parameter can't be read. `retryable` says whether the same read may succeed later. */
export class ParameterError extends NightshiftError {
  readonly code = 'parameter';
  readonly parameter: string;
  override readonly retryable: boolean;

  constructor(message: string, details: ErrorDetails & { readonly parameter: string; readonly retryable: boolean }) {
    super(message, details);
    this.parameter = details.parameter;
    this.retryable = details.retryable;
  }
}
