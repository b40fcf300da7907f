import type { RetryPolicy } from '../platform/retry.ts';
import { ServerError, TooManyRequestsError, UnreachableError } from './errors.ts';

/** At most five retries after the first attempt, none more than 15 s after the last unless the server asks for more (see `retry`). */
export const KUBERNETES_RETRY: RetryPolicy = { attempts: 6, baseMs: 250, capMs: 15_000 };

/**
 * What a failure allows.
 * A 429 was rejected before it was processed (priority and fairness), so any verb may go again. After a 5xx or a lost answer a write may have
 * happened: only calls that are `repeatable` go again. A wrong certificate stays wrong: never.
 */
export function retryAdvice(error: unknown, repeatable: boolean): number | 'backoff' | undefined {
  if (error instanceof TooManyRequestsError) return error.retryAfterMs ?? 'backoff';
  if (!repeatable) return undefined;
  if (error instanceof ServerError) return isTransient(error.status) ? (error.retryAfterMs ?? 'backoff') : undefined;
  return error instanceof UnreachableError && error.retryable ? 'backoff' : undefined;
}

/** 501 and 505 say what the server is, not how it feels. */
function isTransient(status: number | undefined): boolean {
  return status !== 501 && status !== 505;
}
