import type { Clock } from './clock.ts';

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** Upper bound of the first wait; it doubles with every further one. */
  readonly baseMs: number;
  /** No wait of our own is longer. It says nothing of a wait that a server asks for. */
  readonly capMs: number;
}

/** The longest wait that a server is granted in a run without a time budget: whoever waits for the run would not understand a longer one. */
export const LONGEST_ASKED_WAIT_MS = 5 * 60_000;

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** In [0, 1); `Math.random` unless told. */
  readonly random?: () => number;
  /** Ends a wait, with the signal's reason. The attempts themselves watch it on their own. */
  readonly signal?: AbortSignal;
  /** What is left of the time budget; a wait that would outlast it is not begun. */
  readonly remainingMs?: () => number;
  /** What to do about a failure: wait as long as the server asked (ms), back off, or (`undefined`) give up at once. */
  readonly retryAfter: (error: unknown) => number | 'backoff' | undefined;
}

/**
 * Calls `attempt` (numbered from 1) until it succeeds, gives up, or may not go on; then throws the last failure as it was, because
 * what the other side said is worth more than "retries exhausted".
 * Waits are exponential with full jitter (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
 */
export async function retry<T>(attempt: (n: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, clock, signal } = options;
  for (let n = 1; ; n++) {
    signal?.throwIfAborted();
    try {
      return await attempt(n);
    } catch (error) {
      const advice = n < policy.attempts && !signal?.aborted ? options.retryAfter(error) : undefined;
      if (advice === undefined) throw error;
      const wait = waitMs(n, advice, policy, options.random ?? Math.random);
      if (wait >= timeFor(advice, options)) throw error;
      await clock.sleep(wait, signal);
    }
  }
}

/** The wait after failure number `n`. What a server asked for is only ever lengthened: jitter keeps a refused crowd from returning as one. */
function waitMs(n: number, advice: number | 'backoff', policy: RetryPolicy, random: () => number): number {
  if (advice === 'backoff') return random() * Math.min(policy.capMs, policy.baseMs * 2 ** (n - 1));
  return Math.max(0, advice) + random() * policy.baseMs;
}

/** Coming back earlier than asked would only be refused again: a wait that does not fit is not begun. */
function timeFor(advice: number | 'backoff', { remainingMs }: Pick<RetryOptions, 'remainingMs'>): number {
  const left = remainingMs?.() ?? Number.POSITIVE_INFINITY;
  return advice === 'backoff' || Number.isFinite(left) ? left : LONGEST_ASKED_WAIT_MS + 1;
}
