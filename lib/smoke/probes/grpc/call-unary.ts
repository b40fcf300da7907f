import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import type { Attempt } from '../attempt.ts';
import { bodyTooLarge } from '../body-too-large.ts';
import { GatheredBytes } from '../gathered-bytes.ts';
import { codeOf, networkFailure } from '../network-failure.ts';
import { ProbeFailure } from '../probe-failure.ts';
import { type GrpcStatus, grpcStatus } from './grpc-status.ts';

export interface UnaryRequest {
  readonly headers: OutgoingHttpHeaders;
  /** The message, in its frame. */
  readonly body: Buffer;
}

export interface UnaryReply {
  /** The message, in its frame; empty where there was only a status. */
  readonly body: Buffer;
  readonly status: GrpcStatus;
}

/**
 * One request and its answer on a connection that is open already and is of no use afterwards.
 * @throws ProbeFailure
 */
export async function callUnary(socket: Socket, { headers, body }: UnaryRequest, attempt: Attempt): Promise<UnaryReply> {
  attempt.phase = 'wait';
  // Loaded by the suites that need it.
  const { connect } = await import('node:http2');
  attempt.signal.throwIfAborted();
  // The address is of no meaning: the socket is given.
  const session = connect('http://target.invalid', { createConnection: () => socket });
  try {
    return await new Promise<UnaryReply>((resolve, reject) => {
      attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason), { once: true });
      watch(session, reject);
      const stream = session.request(headers);
      stream.on('error', reject);
      collectReply(stream, attempt, reject).then(resolve, reject);
      stream.end(body);
    });
  } catch (error) {
    throw http2Failure(error, attempt);
  } finally {
    session.destroy();
  }
}

function watch(session: ClientHttp2Session, reject: (error: unknown) => void): void {
  session.on('error', reject);
  session.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
}

/** @param reject told of a message that is too large while it still comes */
function collectReply(stream: ClientHttp2Stream, attempt: Attempt, reject: (error: unknown) => void): Promise<UnaryReply> {
  const start = performance.now();
  const most = attempt.limits.maxBodyBytes;
  const message = new GatheredBytes();
  let headers: IncomingHttpHeaders | undefined;
  let trailers: IncomingHttpHeaders = {};
  stream.once('response', (answer) => {
    attempt.took('wait', start);
    attempt.phase = 'receive';
    headers = answer;
  });
  stream.once('trailers', (last) => {
    trailers = last;
  });
  stream.on('data', (chunk: Buffer) => {
    if (message.size + chunk.length > most) reject(bodyTooLarge(most));
    else message.add(chunk);
  });
  return new Promise((resolve, fail) => {
    stream.once('close', () => {
      const status = headers && grpcStatus(headers, trailers);
      if (status) resolve({ body: message.all(), status });
      else fail(notGrpc(headers ? 'the answer has no gRPC status' : 'the call was ended without an answer'));
    });
  });
}

function http2Failure(error: unknown, attempt: Attempt): ProbeFailure {
  const code = codeOf(error);
  // Forbidden headers (metadata named `connection` and the like) are noticed before anything is sent.
  if (/^ERR_HTTP2_INVALID/.test(code)) return networkFailure(Object.assign(new Error(), { code: 'ERR_INVALID_HTTP_TOKEN' }), attempt.phase);
  return code.startsWith('ERR_HTTP2_') ? notGrpc(`the server does not keep to HTTP/2 (${code})`) : networkFailure(error, attempt.phase);
}

/** What answered does not speak gRPC as it should. */
export function notGrpc(why: string): ProbeFailure {
  return new ProbeFailure('protocol', why, 'check that a gRPC server listens on this port, and that proxies before it pass HTTP/2 on');
}
