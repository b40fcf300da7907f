/** What every error of ours carries beside its message. */
export interface ErrorDetails {
  readonly cause?: unknown;
  /** What the reader should do next, one sentence. */
  readonly hint?: string;
}

/**
 * Base of all typed errors. `message` reads *what failed: why*, `hint` says what to do.
 * `code` is stable and machine-readable (it is the `error.code` of the CLI's JSON), `retryable` tells whether the same call may succeed later.
 */
export abstract class NightshiftError extends Error {
  abstract readonly code: string;
  readonly hint: string | undefined;
  readonly retryable: boolean = false;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
  }
}

/** Input that can never succeed as it stands: an event, a flag, a file, a configuration. Callers fix the input; nothing was changed. */
export class BadInputError extends NightshiftError {
  readonly code = 'bad_input';
}

/** The job could do harm and was not done; nothing was changed. */
export class RefusedError extends NightshiftError {
  readonly code = 'refused';
}

/** The time budget ended before the work did. What is left is reported by the caller as `remaining`. */
export class DeadlineError extends NightshiftError {
  readonly code = 'deadline';
  override readonly retryable = true;
}

/** One line for people, safe for logs: the message of ours, or of a foreign error without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
