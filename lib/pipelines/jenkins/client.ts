import type * as z from 'zod';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { baseUrl } from '../http/base-url.ts';
import { readJson } from '../http/read-json.ts';
import { send as overHttp, type Send, type WireAnswer, type WireRequest } from '../http/send.ts';
import { type Repeat, withRetries } from '../http/with-retries.ts';
import { type Patience, requestTimeout } from '../patience.ts';
import { answerError, isCrumbRefusal } from './answer-error.ts';
import { authHeaders, type JenkinsAuth } from './auth.ts';
import { openSession, type Session } from './session.ts';

export interface JenkinsOptions {
  /** Base URL of the controller, its context path included. */
  readonly url: string;
  readonly auth: JenkinsAuth;
  /** Per request, in milliseconds; 30 seconds unless told. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
  readonly send?: Send;
}

export interface JenkinsPost {
  readonly path: string;
  readonly body: URLSearchParams | FormData;
  /** Statuses that the caller reads itself; every other one that is not 2xx is thrown. */
  readonly expected: readonly number[];
  readonly repeat: Repeat;
  /** What is done, for messages: `trigger shop/deploy`. */
  readonly what: string;
}

/** One controller, asked as one user. Paths begin with a slash and are relative to its base URL. */
export interface JenkinsClient {
  readonly server: string;
  readonly clock: Clock;
  /** `undefined` for 404. */
  getJson<T>(path: string, schema: z.ZodType<T>, what: string, patience?: Patience): Promise<T | undefined>;
  /** Sends the body to `onData` as it comes; not repeated. `undefined` for 404. */
  getText(path: string, what: string, onData: (chunk: Buffer) => void, patience?: Patience): Promise<WireAnswer | undefined>;
  post(request: JenkinsPost, patience?: Patience): Promise<WireAnswer>;
}

/** @throws BadInputError when the URL cannot be used */
export function jenkinsClient(options: JenkinsOptions): JenkinsClient {
  const { auth, clock = systemClock, timeoutMs = 30_000, random, send = overHttp } = options;
  const server = baseUrl(options.url, 'jenkins');
  const exchange = (
    request: Pick<WireRequest, 'method' | 'body' | 'onData'> & { readonly path: string },
    headers: Session,
    patience: Patience,
  ) =>
    send({
      ...request,
      service: 'jenkins',
      url: server + request.path,
      headers: { ...authHeaders(auth), ...headers },
      timeoutMs: requestTimeout(timeoutMs, patience),
      signal: patience.signal,
    });
  const get = async (path: string, what: string, patience: Patience, onData?: (chunk: Buffer) => void): Promise<WireAnswer | undefined> => {
    const answer = await exchange({ method: 'GET', path, ...(onData && { onData }) }, {}, patience);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw answerError(answer, what, clock.now());
    return answer;
  };

  let session: Session | undefined;
  const openNew = (patience: Patience): Promise<Session> => openSession((path) => get(path, 'ask for a crumb', patience));
  const postOnce = async (request: JenkinsPost, patience: Patience): Promise<WireAnswer> => {
    if (auth.kind !== 'token') session ??= await openNew(patience);
    const attempt = () => exchange({ method: 'POST', path: request.path, body: request.body }, session ?? {}, patience);
    let answer = await attempt();
    if (isCrumbRefusal(answer)) {
      // The session has ended, or the token is a password. A crumb is checked before anything is done, so sending again is safe.
      session = await openNew(patience);
      answer = await attempt();
    }
    if ((answer.status >= 200 && answer.status < 300) || request.expected.includes(answer.status)) return answer;
    throw answerError(answer, request.what, clock.now());
  };

  const retried = <T>(work: () => Promise<T>, repeat: Repeat, patience: Patience): Promise<T> =>
    withRetries(work, { clock, random, repeat, ...patience });
  return {
    server,
    clock,
    getJson: async (path, schema, what, patience = {}) => {
      const answer = await retried(() => get(path, what, patience), 'always', patience);
      return answer && readJson(answer, schema, 'jenkins');
    },
    getText: (path, what, onData, patience = {}) => get(path, what, patience, onData),
    post: (request, patience = {}) => retried(() => postOnce(request, patience), request.repeat, patience),
  };
}
