import type { Clock } from '../platform/clock.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log, LogFields } from '../platform/log.ts';
import { type RetryPolicy, retry } from '../platform/retry.ts';
import { parseRetryAfter } from '../platform/retry-after.ts';
import { type AgentPool, createAgentPool } from './agent-pool.ts';
import { type BodyReader, BodyTooLargeError } from './body-reader.ts';
import type { Call } from './call.ts';
import type { AnswerForm } from './client.ts';
import type { Access, Connection } from './connection.ts';
import { UnauthorizedError } from './errors.ts';
import { type ExchangeLimits, type ExchangeResponse, ExchangeTimeoutError, exchange, ReaderError } from './exchange.ts';
import { badAnswerError, networkError, proxyFailure, timeoutError } from './network-error.ts';
import { ProxyError } from './proxy-error.ts';
import { acceptHeaders, contentHeaders, redact } from './request-headers.ts';
import { KUBERNETES_RETRY, retryAdvice } from './retry-policy.ts';
import { createSlots, type Slots } from './slots.ts';
import { statusError } from './status-error.ts';
import { StatsCounter, type TransportStats } from './transport-stats.ts';

export interface TransportOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Connections, and so requests in flight; 16 unless told. */
  readonly maxSockets?: number;
  /** 5 s unless told. */
  readonly connectTimeoutMs?: number;
  /** 30 s unless told. */
  readonly responseTimeoutMs?: number;
  readonly retryPolicy?: RetryPolicy;
  /** What is left of the run's time budget: no retry waits longer than that. */
  readonly remainingMs?: () => number;
  readonly random?: () => number;
  /** Hears of each request, where it writes debug lines. */
  readonly log?: Log;
}

export interface TransportRequest<T> {
  readonly call: Call;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, percent-encoded, without the server's own base path. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly answer?: AnswerForm;
  /** Sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
  /** Makes the result of a successful answer; called once per attempt. */
  readonly reader: () => BodyReader<T>;
  readonly signal?: AbortSignal | undefined;
}

export interface Transport {
  /** @throws a KubernetesError, or the signal's reason */
  send<T>(request: TransportRequest<T>): Promise<T>;
  readonly stats: TransportStats;
  close(): void;
}

/** One keep-alive transport per cluster: bounded, timed, counted, retried as `retry-policy.ts` has it, authenticated once more after a 401. */
export function createTransport(options: TransportOptions): Transport {
  const { clock } = options;
  const maxSockets = options.maxSockets ?? 16;
  const sender = new Sender(options, createAgentPool(maxSockets), createSlots(maxSockets));
  return {
    get stats() {
      return sender.stats.snapshot();
    },
    close: () => sender.pool.close(),
    send: (request) => {
      const sent: Sent = { requests: 0 };
      return retry(() => sender.authenticated(request, sent), {
        policy: options.retryPolicy ?? KUBERNETES_RETRY,
        clock,
        retryAfter: (error) => retryAdvice(error, request.repeatable),
        ...(options.random && { random: options.random }),
        ...(options.remainingMs && { remainingMs: options.remainingMs }),
        ...(request.signal && { signal: request.signal }),
      });
    },
  };
}

/** How often a call went out so far. */
interface Sent {
  requests: number;
}

class Sender {
  readonly stats = new StatsCounter();
  readonly pool: AgentPool;
  readonly #slots: Slots;
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #limits: ExchangeLimits;
  readonly #log: Log | undefined;

  constructor(options: TransportOptions, pool: AgentPool, slots: Slots) {
    this.pool = pool;
    this.#slots = slots;
    this.#connection = options.connection;
    this.#clock = options.clock;
    this.#log = options.log?.writesDebug ? options.log : undefined;
    this.#limits = {
      connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
      responseTimeoutMs: options.responseTimeoutMs ?? 30_000,
    };
  }

  /** A 401 drops the credentials and tries once more with new ones; the second 401 is the answer. */
  async authenticated<T>(request: TransportRequest<T>, sent: Sent): Promise<T> {
    const access = await this.#connection.access(request.signal);
    try {
      return await this.#attempt(request, access, sent);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      this.#connection.invalidate(access);
      return this.#attempt(request, await this.#connection.access(request.signal), sent);
    }
  }

  async #attempt<T>(request: TransportRequest<T>, access: Access, sent: Sent): Promise<T> {
    const response = await this.#slots.run(() => this.#told(request, access, sent), request.signal);
    if (response.ok) return response.value;
    const { status, headers, text } = response;
    if (status < 400)
      throw badAnswerError(request.call, access.server, `the server redirects (${status})`, 'use the address of the API server itself');
    const retryAfterMs = parseRetryAfter(headers['retry-after'], this.#clock.now());
    const refusal = { status, body: redact(text, access), retryAfterMs };
    throw statusError(request.call, refusal, this.#connection.unauthorizedHint);
  }

  /** The exchange, and a line about it for who wants to see traffic. */
  async #told<T>(request: TransportRequest<T>, access: Access, sent: Sent): Promise<ExchangeResponse<T>> {
    const attempt = ++sent.requests;
    const log = this.#log;
    if (!log) return this.#exchange(request, access, attempt > 1);
    const start = this.#clock.now();
    const tell = (outcome: LogFields): void => {
      const durationMs = this.#clock.now() - start;
      log.debug('kubernetes request', { ...requestFields(request), attempt, ...outcome, durationMs });
    };
    try {
      const response = await this.#exchange(request, access, attempt > 1);
      tell({ status: response.status });
      return response;
    } catch (error) {
      tell({ reason: messageOf(error) });
      throw error;
    }
  }

  async #exchange<T>(request: TransportRequest<T>, access: Access, again: boolean): Promise<ExchangeResponse<T>> {
    const { body, reader, signal } = request;
    const headers = {
      ...access.headers,
      ...contentHeaders(request),
      ...acceptHeaders(access.server, request.answer),
      'user-agent': 'nightshift',
    };
    this.stats.sent(request.call.verb, body === undefined ? 0 : Buffer.byteLength(body), again);
    try {
      const agent = this.pool.agentFor(access, this.#clock.now(), this.#slots.busy <= 1);
      const path = access.server.pathname.replace(/\/$/, '') + request.path;
      const response = await exchange({
        server: access.server,
        agent,
        method: request.method,
        path,
        headers,
        body,
        reader,
        limits: this.#limits,
        signal,
      });
      this.stats.received(response.bytes, response.newConnection);
      return response;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw this.#translate(request.call, access, error);
    }
  }

  #translate(call: Call, { server, proxy }: Access, error: unknown): Error {
    if (error instanceof ReaderError) return readerError(call, server, error.cause);
    if (error instanceof ProxyError) return proxyFailure(call, proxy?.host ?? '', error);
    if (!(error instanceof ExchangeTimeoutError)) return networkError(call, server, error);
    const limitMs = this.#limits[error.limit];
    if (proxy && !error.socket) return proxyFailure(call, proxy.host, new ProxyError(`no tunnel within ${limitMs} ms`));
    return timeoutError(call, server, error.limit, limitMs);
  }
}

/** The continue token is long and says nothing to people. */
function requestFields({ call, method, path }: TransportRequest<unknown>): LogFields {
  return { cluster: call.cluster, verb: call.verb, method, path: path.replace(/([?&]continue=)[^&]*/, '$1…') };
}

function readerError(call: Call, server: URL, error: unknown): Error {
  if (error instanceof SyntaxError) {
    return badAnswerError(
      call,
      server,
      'the answer is not JSON',
      'something other than a Kubernetes API server answers there: check the address and proxies in between',
    );
  }
  if (error instanceof BodyTooLargeError) {
    return badAnswerError(
      call,
      server,
      `one object is larger than ${error.limitBytes} bytes`,
      'no object in etcd is that large: check what answers there',
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}
