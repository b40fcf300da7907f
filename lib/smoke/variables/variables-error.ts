import { messageOf, NightshiftError } from '../../platform/errors.ts';

/** Variables of a suite that cannot be read, all of them together; never with a value. The caller mends the suite, the permission or the place. */
export class VariablesError extends NightshiftError {
  readonly code = 'variables';
  override readonly retryable: boolean;
  readonly errors: readonly unknown[];

  /** @param failures by the variable's name */
  constructor(failures: readonly (readonly [name: string, error: unknown])[]) {
    const hints = failures.flatMap(([, error]) => (error instanceof NightshiftError && error.hint !== undefined ? [error.hint] : []));
    super(failures.map(([name, error]) => `variable ${name} has no value: ${messageOf(error)}`).join('; '), {
      cause: failures[0]?.[1],
      ...(hints[0] !== undefined && { hint: [...new Set(hints)].join('; ') }),
    });
    this.errors = failures.map(([, error]) => error);
    this.retryable = this.errors.every((error) => error instanceof NightshiftError && error.retryable);
  }
}
