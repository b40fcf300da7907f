import type { Clock } from '../../platform/clock.ts';
import { messageOf } from '../../platform/errors.ts';
import { type RetryPolicy, retry } from '../../platform/retry.ts';
import type { Patience } from '../patience.ts';
import { ResultError } from './result-error.ts';

/** How an answer got on: now it is taken, or somebody had answered before it was sent for the first time. */
export type Delivery = 'taken' | 'answered-before';

export interface DeliveryOptions extends Patience {
  readonly clock: Clock;
  /** In [0, 1); `Math.random` unless told. */
  readonly random?: () => number;
}

const policy: RetryPolicy = { attempts: 5, baseMs: 200, capMs: 3_000 };

/**
 * Sends one answer until it is known to be taken. `put` sends it once, without retries of its own, and is called with the same answer only: when an
 * attempt whose answer was lost is followed by "answered before", that attempt was the one.
 * @throws ResultError of the last attempt; its `arrived` is `maybe` when any attempt may have got there
 */
export async function sendResult(put: (signal?: AbortSignal) => Promise<void>, options: DeliveryOptions): Promise<Delivery> {
  const { clock, random, signal, remainingMs } = options;
  let maybeArrived = false;
  const attempt = async (): Promise<void> => {
    try {
      await put(signal);
    } catch (error) {
      maybeArrived ||= error instanceof ResultError && error.arrived === 'maybe';
      throw error;
    }
  };
  try {
    await retry(attempt, {
      policy,
      clock,
      ...(random && { random }),
      ...(signal && { signal }),
      ...(remainingMs && { remainingMs }),
      retryAfter: (error) => (error instanceof ResultError && error.retryable ? 'backoff' : undefined),
    });
    return 'taken';
  } catch (error) {
    if (error instanceof ResultError && error.trouble === 'answered') return maybeArrived ? 'taken' : 'answered-before';
    throw maybeArrived ? uncertain(error) : error;
  }
}

/** Whatever ended the last attempt, or the wait for the next one: an attempt before it may have arrived. */
function uncertain(error: unknown): ResultError {
  if (error instanceof ResultError && error.arrived === 'maybe') return error;
  const known = error instanceof ResultError ? error : undefined;
  return new ResultError(`an answer was sent and not confirmed: ${messageOf(error)}`, {
    trouble: known?.trouble ?? 'unavailable',
    retryable: known?.retryable ?? true,
    arrived: 'maybe',
    cause: error,
    hint: known?.hint ?? 'send the same answer again, and no other',
  });
}
