import type { IncomingMessage } from 'node:http';
import type { Headers, PeerCertificate } from '../../subject.ts';
import type { Attempt } from '../attempt.ts';
import { bodyTooLarge } from '../body-too-large.ts';
import { GatheredBytes } from '../gathered-bytes.ts';
import { networkFailure } from '../network-failure.ts';
import type { ConnectionPool, PooledRequest } from './connection-pool.ts';

export interface ExchangeRequest extends PooledRequest {
  readonly body?: Buffer;
  /** Of the body as it comes; a little more than of the decoded one. */
  readonly mostBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly httpVersion: string;
  readonly headers: Headers;
  /** As it came. */
  readonly body: Buffer;
  readonly remoteAddress?: string;
  readonly certificate?: PeerCertificate;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * One request and its whole answer. A kept connection that turns out to be closed is no news about the server: where nothing was received and the
 * method is safe (RFC 9110, 9.2.1) the request is sent once more, on a new one.
 * @throws ProbeFailure
 */
export async function exchange(request: ExchangeRequest, attempt: Attempt, pool: ConnectionPool): Promise<Answer> {
  try {
    return await exchangeOnce(request, attempt, pool);
  } catch (error) {
    if (!(error instanceof StaleConnectionError)) throw error;
    if (!SAFE_METHODS.has(request.method)) throw error.cause;
    pool.forgetIdle(request.key);
    return exchangeOnce(request, attempt, pool).catch((again: unknown) => {
      throw again instanceof StaleConnectionError ? again.cause : again;
    });
  }
}

class StaleConnectionError extends Error {}

function exchangeOnce(request: ExchangeRequest, attempt: Attempt, pool: ConnectionPool): Promise<Answer> {
  attempt.phase = 'wait';
  return new Promise((resolve, reject) => {
    const sent = pool.request(request, attempt);
    let start = performance.now();
    let received = 0;
    const fail = (error: unknown): void => {
      attempt.forget(fail);
      sent.destroy();
      const failure = attempt.over ?? networkFailure(error, attempt.phase);
      const stale = sent.reusedSocket && failure.failure === 'connect' && (sent.socket?.bytesRead ?? 0) === received;
      reject(stale ? new StaleConnectionError('stale', { cause: failure }) : failure);
    };
    attempt.whenOver(fail);
    // Each of these comes once: to have `once` take the listeners away again costs more than it is worth.
    sent.on('socket', (socket) => {
      attempt.phase = 'wait';
      start = performance.now();
      received = socket.bytesRead;
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      attempt.took('wait', start);
      attempt.phase = 'receive';
      const head = headOf(response, pool);
      attempt.remoteAddress = head.remoteAddress;
      start = performance.now();
      const body = new GatheredBytes();
      response.on('data', (chunk: Buffer) => {
        if (body.size + chunk.length > request.mostBytes) fail(bodyTooLarge(attempt.limits.maxBodyBytes));
        else body.add(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        attempt.took('receive', start);
        attempt.forget(fail);
        resolve({ ...head, body: body.all() });
      });
    });
    // Switching protocols (a WebSocket) is an answer; what follows it is none that a check could read.
    sent.on('upgrade', (response, socket) => {
      attempt.took('wait', start);
      const head = headOf(response, pool);
      socket.destroy();
      attempt.forget(fail);
      resolve({ ...head, body: Buffer.alloc(0) });
    });
    sent.end(request.body);
  });
}

function headOf(response: IncomingMessage, pool: ConnectionPool): Omit<Answer, 'body'> {
  const { statusCode = 0, httpVersion, rawHeaders, socket } = response;
  const certificate = pool.certificateOf(socket);
  const { remoteAddress } = socket;
  return {
    status: statusCode,
    httpVersion,
    headers: pairs(rawHeaders),
    ...(remoteAddress !== undefined && { remoteAddress }),
    ...(certificate && { certificate }),
  };
}

function pairs(raw: readonly string[]): Headers {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}
