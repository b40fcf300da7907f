import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import { createGunzip } from 'node:zlib';
import { type BodyReader, textReader } from './body-reader.ts';

export interface ExchangeRequest<T> {
  readonly server: URL;
  readonly agent: Agent;
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | undefined;
  /** Makes the value of a successful answer; a new one for every answer. */
  readonly reader: () => BodyReader<T>;
  readonly limits: ExchangeLimits;
  readonly signal?: AbortSignal | undefined;
}

export interface ExchangeLimits {
  /** Name resolution, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** From the connection to the last byte of the answer. */
  readonly responseTimeoutMs: number;
}

export type ExchangeResponse<T> = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
  readonly newConnection: boolean;
} & ({ readonly ok: true; readonly value: T } | { readonly ok: false; readonly text: string });

/** What a refusal has to say is short; more is not worth reading. */
const REFUSAL_LIMIT_BYTES = 1024 * 1024;

/** The reader refused the body; `cause` is what it threw. The connection was given up. */
export class ReaderError extends Error {
  constructor(cause: unknown) {
    super('the body was refused', { cause });
    this.name = 'ReaderError';
  }
}

/** A time limit ended the exchange. */
export class ExchangeTimeoutError extends Error {
  readonly limit: keyof ExchangeLimits;
  /** Whether there was a socket: behind a proxy, whether the tunnel stood. */
  readonly socket: boolean;

  constructor(limit: keyof ExchangeLimits, socket: boolean) {
    super(`${limit} exceeded`);
    this.name = 'ExchangeTimeoutError';
    this.limit = limit;
    this.socket = socket;
  }
}

/**
 * One request and its whole answer, whatever its status. The body is always read to its end or the socket destroyed, so that no connection
 * is left half used. Rejects with node's own error, an {@link ExchangeTimeoutError}, a {@link ReaderError}, or the signal's reason.
 */
export function exchange<T>(options: ExchangeRequest<T>): Promise<ExchangeResponse<T>> {
  const { signal, limits } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const request = start(options);
    let newConnection = false;
    // A request that waits for a tunnel has no socket yet, and does not tell that it was destroyed.
    const giveUp = (error: Error): void => {
      request.destroy(error);
      fail(error);
    };
    const onAbort = (): void => giveUp(asError(signal?.reason));
    const noConnection = (): void => giveUp(new ExchangeTimeoutError('connectTimeoutMs', request.socket !== null));
    let timer = setTimeout(noConnection, limits.connectTimeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(signal?.aborted ? signal.reason : error);
    };
    whenConnected(request, (fresh) => {
      newConnection = fresh;
      clearTimeout(timer);
      timer = setTimeout(() => giveUp(new ExchangeTimeoutError('responseTimeoutMs', true)), limits.responseTimeoutMs);
    });
    request.on('error', fail);
    request.on('response', (response) => {
      readAnswer(response, options.reader).then((answer) => {
        settle();
        resolve({ ...answer, newConnection });
      }, fail);
    });
    request.end(options.body);
  });
}

function start({ server, agent, method, path, headers }: ExchangeRequest<unknown>): ClientRequest {
  const { protocol, hostname, port } = urlToHttpOptions(server);
  const send = protocol === 'http:' ? httpRequest : httpsRequest;
  return send({ protocol, hostname, port, agent, method, path, headers });
}

/** Calls back once the request owns a socket whose handshake is over; `fresh` tells a new connection from a kept one. */
function whenConnected(request: ClientRequest, done: (fresh: boolean) => void): void {
  request.once('socket', (socket) => {
    if (request.reusedSocket) done(false);
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => done(true));
  });
}

type Answer<T> = Omit<ExchangeResponse<T>, 'newConnection'> & ({ ok: true; value: T } | { ok: false; text: string });

async function readAnswer<T>(response: IncomingMessage, reader: () => BodyReader<T>): Promise<Answer<T>> {
  const status = response.statusCode ?? 0;
  const { headers } = response;
  if (status >= 200 && status < 300) {
    const { result, bytes } = await readBody(response, reader());
    return { ok: true, status, headers, bytes, value: result };
  }
  const { result, bytes } = await readBody(response, textReader(REFUSAL_LIMIT_BYTES));
  return { ok: false, status, headers, bytes, text: result };
}

function readBody<T>(response: IncomingMessage, reader: BodyReader<T>): Promise<{ readonly result: T; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    response.once('error', reject);
    response.once('close', () => {
      if (!response.complete) reject(Object.assign(new Error('the answer was cut short'), { code: 'ECONNRESET' }));
    });
    const plain = response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response;
    plain.on('data', (chunk: Buffer) => {
      try {
        reader.write(chunk);
      } catch (error) {
        response.destroy(new ReaderError(error));
        plain.destroy();
      }
    });
    plain.once('error', reject);
    plain.once('end', () => {
      try {
        resolve({ result: reader.end(), bytes });
      } catch (error) {
        reject(new ReaderError(error));
      }
    });
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted');
}
