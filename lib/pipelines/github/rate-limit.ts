import { parseRetryAfter } from '../../platform/retry-after.ts';
import { RateLimitError } from '../errors.ts';
import type { WireAnswer } from '../http/send.ts';

/** What GitHub asks for where a secondary limit names no time. */
const SECONDARY_WAIT_MS = 60_000;

/**
 * A 403 or 429 that is about the number of requests, not about permissions: a secondary limit says how long to wait in Retry-After, the primary
 * one when it ends in X-RateLimit-Reset (epoch seconds).
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * @param now epoch milliseconds
 */
export function rateLimitError(answer: WireAnswer, what: string, now: number): RateLimitError | undefined {
  const { status, body } = answer;
  if (status !== 403 && status !== 429) return undefined;
  const asked = parseRetryAfter(answer.header('retry-after'), now);
  const used = answer.header('x-ratelimit-remaining') === '0';
  if (status === 403 && asked === undefined && !used && !/rate limit|abuse detection/i.test(body)) return undefined;
  const retryAfterMs = asked ?? (used ? untilReset(answer, now) : undefined) ?? SECONDARY_WAIT_MS;
  const which = asked === undefined && used ? 'the rate limit of this token is used up' : 'too many requests in a short time';
  return new RateLimitError(`GitHub did not ${what}: ${which} (${status}); it wants ${Math.ceil(retryAfterMs / 1000)} s of rest`, {
    service: 'github',
    status,
    retryAfterMs,
    hint: 'give it more time (--timeout), poll from fewer places, or use a token with a limit of its own (a GitHub App)',
  });
}

function untilReset(answer: WireAnswer, now: number): number | undefined {
  const reset = answer.header('x-ratelimit-reset');
  return reset !== undefined && /^\d+$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : undefined;
}
