import type { AssertionResult } from './assertion-result.ts';
import type { FailureClass } from './failure-class.ts';
import type { Timings } from './probe.ts';

/**
 * `flaky` passed after failing, `degraded` passed too slowly; both are passes that people should know of. `failed`: an assertion does not hold.
 * `error`: nothing could be asked (connection, TLS, bad variable). `skipped`: not run, for lack of time or because of a check it depends on.
 */
export type CheckOutcome = 'passed' | 'flaky' | 'degraded' | 'failed' | 'error' | 'skipped';

export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly timings?: Timings;
  readonly ok: boolean;
  /** Why not; absent on success. */
  readonly failure?: FailureClass;
  readonly message?: string;
  readonly assertions: readonly AssertionResult[];
  readonly remoteAddress?: string;
  readonly status?: number;
  readonly hops?: readonly { readonly url: string; readonly status: number; readonly durationMs: number }[];
}

export interface CheckResult {
  readonly name: string;
  /** `http`, `tcp`, `tls`, `dns`, `grpc`. */
  readonly kind: string;
  readonly outcome: CheckOutcome;
  /** An optional check is told of and fails nothing. */
  readonly optional: boolean;
  /** Why it is not `passed`; one line. */
  readonly reason?: string;
  readonly durationMs: number;
  readonly attempts: readonly Attempt[];
  /** A curl line that asks the same, for http checks that did not simply pass. */
  readonly curl?: string;
}

export type SuiteStatus = 'passed' | 'flaky' | 'degraded' | 'failed';

/** The versioned source of every report; all texts in it have been redacted. */
export interface SuiteResult {
  readonly version: 1;
  readonly suite: string;
  readonly status: SuiteStatus;
  /** One line. */
  readonly summary: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly deadlineMs: number;
  /** In the order of the suite. */
  readonly checks: readonly CheckResult[];
  /** Things to look at that change no outcome; one line each. */
  readonly warnings: readonly string[];
}
