import { NightshiftError } from '../lib/platform/errors.ts';

/** The command line itself is wrong: an unknown word, a missing argument, a value that no flag accepts. The caller changes the command. */
export class UsageError extends NightshiftError {
  readonly code = 'usage';
}

/** Ctrl-C or SIGTERM. What was done stays and is reported; the rest is left to the next run. */
export class InterruptedError extends NightshiftError {
  readonly code = 'interrupted';
  override readonly retryable = true;
}

/** A time spec that cannot be evaluated, `invalid` or `incomplete`; the caller corrects it or names the missing default. */
export class TimeSpecError extends NightshiftError {
  readonly code: 'invalid_spec' | 'incomplete_spec';

  constructor(kind: 'invalid' | 'incomplete', message: string, hint?: string) {
    super(message, hint === undefined ? {} : { hint });
    this.code = `${kind}_spec`;
  }
}
