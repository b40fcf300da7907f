import type { Clock } from '../platform/clock.ts';
import { type RetryPolicy, retry } from '../platform/retry.ts';
import type { Secret } from '../platform/secret.ts';
import { ExecError } from './exec-error.ts';
import { type Outcome, type RunOptions, run } from './run.ts';

/** A stream can be read only once, so there is none as standard input. */
export interface RepeatableOptions extends Omit<RunOptions, 'stdin'> {
  readonly stdin?: string | Uint8Array;
}

export interface RunAgainOptions {
  /** Exit codes after which the same command may succeed: the service it asks was busy. A timeout counts as one only with `timeouts`. */
  readonly exitCodes: readonly number[];
  /** Whether a command that was ended at its timeout is tried again. @default false */
  readonly timeouts?: boolean;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** In [0, 1); `Math.random` unless told. */
  readonly random?: () => number;
  /** What is left of the time budget. */
  readonly remainingMs?: () => number;
}

/** Runs a program, and again after exit codes that pass. Only for commands that may be repeated. @throws as `run` does, the last failure */
export function runAgain(
  program: string,
  args: readonly (string | Secret)[],
  { again, ...options }: RepeatableOptions & { readonly again: RunAgainOptions },
): Promise<Outcome> {
  const passes = (error: unknown): boolean =>
    error instanceof ExecError &&
    ((error.failure.kind === 'exit' && again.exitCodes.includes(error.failure.exitCode)) ||
      (error.failure.kind === 'timeout' && again.timeouts === true));
  return retry(() => run(program, args, options), {
    ...again,
    ...(options.signal && { signal: options.signal }),
    retryAfter: (error) => (passes(error) ? 'backoff' : undefined),
  });
}
