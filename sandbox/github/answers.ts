import type { CiAnswer } from '../ci/http.ts';

const DOCS = 'https://docs.github.com/rest';

export function json(status: number, document: unknown): CiAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(document) };
}

export function refusal(status: number, message: string): CiAnswer {
  return json(status, { message, documentation_url: DOCS, status: String(status) });
}

/** The primary limit: used up until `resetAt` (epoch ms). */
export function primaryLimit(resetAt: number, status: 403 | 429 = 403): CiAnswer {
  const answer = refusal(status, 'API rate limit exceeded for user ID 1.');
  const limits = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)) };
  return { ...answer, headers: { ...answer.headers, ...limits } };
}

/** A secondary limit; without seconds GitHub means at least a minute. */
export function secondaryLimit(retryAfterSeconds?: number, status: 403 | 429 = 403): CiAnswer {
  const answer = refusal(status, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.');
  const asked = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { ...answer, headers: { ...answer.headers, 'x-ratelimit-remaining': '4000', ...asked } };
}
