import type * as z from 'zod';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { BadInputError } from '../../platform/errors.ts';
import type { Secret } from '../../platform/secret.ts';
import { baseUrl, isPrivate } from '../http/base-url.ts';
import { readJson } from '../http/read-json.ts';
import { send as overHttp, type Send, type WireAnswer } from '../http/send.ts';
import { type Repeat, withRetries } from '../http/with-retries.ts';
import { type Mask, maskOf } from '../mask.ts';
import { type Patience, requestTimeout } from '../patience.ts';
import { answerError } from './answer-error.ts';
import { rateLimitError } from './rate-limit.ts';

export interface GithubOptions {
  readonly token: Secret;
  /** Of the API: https://api.github.com unless told; of an Enterprise Server it ends in `/api/v3`. */
  readonly url?: string;
  /** Per request, in milliseconds; 30 seconds unless told. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
  readonly send?: Send;
}

export interface GithubPost {
  readonly path: string;
  readonly body: unknown;
  /** Statuses that the caller reads itself; every other one that is not 2xx is thrown. */
  readonly expected?: readonly number[];
  readonly repeat: Repeat;
  /** What is done, for messages: `dispatch deploy.yml`. */
  readonly what: string;
  /** Takes secrets of the body out of what GitHub says about it. */
  readonly mask?: Mask;
}

/** The API, asked with one token. Paths begin with a slash. */
export interface GithubClient {
  /** Base URL of the API. */
  readonly server: string;
  readonly clock: Clock;
  getJson<T>(path: string, schema: z.ZodType<T>, what: string, patience?: Patience): Promise<T>;
  post(request: GithubPost, patience?: Patience): Promise<WireAnswer>;
}

/** Understood by every Enterprise Server that is supported; a later one makes older servers answer 400. */
const API_VERSION = '2022-11-28';
const PUBLIC_API = 'https://api.github.com';

/** @throws BadInputError when the URL cannot be used, or would send the token in clear over a network */
export function githubClient(options: GithubOptions): GithubClient {
  const { token, clock = systemClock, timeoutMs = 30_000, random, send = overHttp } = options;
  const server = apiUrl(options.url ?? PUBLIC_API);
  const own = maskOf([token.reveal()]);
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token.reveal()}`,
    'x-github-api-version': API_VERSION,
    'user-agent': 'nightshift',
  };
  const once = async (
    request: Omit<GithubPost, 'repeat' | 'body'> & { readonly body?: unknown },
    patience: Patience,
  ): Promise<WireAnswer> => {
    const { path, body, what, expected = [], mask = own } = request;
    const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await send({
      service: 'github',
      method,
      url: server + path,
      headers,
      ...content,
      timeoutMs: requestTimeout(timeoutMs, patience),
      signal: patience.signal,
    });
    const limited = rateLimitError(answer, what, clock.now());
    if (limited) throw limited;
    if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) return answer;
    throw answerError(answer, what, (text) => own(mask(text)));
  };
  return {
    server,
    clock,
    getJson: async (path, schema, what, patience = {}) => {
      const answer = await withRetries(() => once({ path, what }, patience), { clock, random, repeat: 'always', ...patience });
      return readJson(answer, schema, 'github');
    },
    post: (request, patience = {}) => withRetries(() => once(request, patience), { clock, random, repeat: request.repeat, ...patience }),
  };
}

function apiUrl(text: string): string {
  const url = baseUrl(text, 'github');
  if (!isPrivate(url)) {
    throw new BadInputError('the URL of GitHub cannot be used: the token would travel in clear', { hint: 'give an https URL' });
  }
  return /^https:\/\/(?:www\.)?github\.com$/.test(url) ? PUBLIC_API : url;
}
