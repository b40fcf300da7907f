import type { Clock } from '../../platform/clock.ts';
import { type RetryPolicy, retry } from '../../platform/retry.ts';
import { BadAnswerError, RateLimitError, UnreachableError } from '../errors.ts';
import type { Patience } from '../patience.ts';

/** What may be sent again: reads always; a write only when the server cannot have got it, or has refused to look at it. */
export type Repeat = 'always' | 'when-not-sent';

export interface ExchangeOptions extends Patience {
  readonly clock: Clock;
  /** In [0, 1); `Math.random` unless told. */
  readonly random?: (() => number) | undefined;
  readonly repeat: Repeat;
}

const policy: RetryPolicy = { attempts: 4, baseMs: 500, capMs: 5_000 };

/** Repeats `exchange` where that is safe, waits as long as a rate limit asks, and ends with the budget. */
export function withRetries<T>(exchange: () => Promise<T>, { clock, random, repeat, signal, remainingMs }: ExchangeOptions): Promise<T> {
  return retry(exchange, {
    policy,
    clock,
    ...(random && { random }),
    ...(signal && { signal }),
    ...(remainingMs && { remainingMs }),
    retryAfter: (error) => {
      if (error instanceof RateLimitError) return error.retryAfterMs;
      if (error instanceof UnreachableError) return error.retryable && (repeat === 'always' || error.sent === 'no') ? 'backoff' : undefined;
      return error instanceof BadAnswerError && error.retryable && repeat === 'always' ? 'backoff' : undefined;
    },
  });
}
