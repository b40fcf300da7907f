import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import type { GrpcSubject } from '../../subject.ts';
import type { GrpcProbe } from '../../suite/probe-kinds.ts';
import type { Attempt } from '../attempt.ts';
import { bodyTooLarge } from '../body-too-large.ts';
import { type Dialled, dial, type Network } from '../dial.ts';
import { codeOf, networkFailure } from '../network-failure.ts';
import { ProbeFailure } from '../probe-failure.ts';
import { hostWithPort, targetHost } from '../target-host.ts';
import { type GrpcStatus, grpcStatus } from './grpc-status.ts';
import { BadMessageError, healthRequest, type ServingStatus, servingStatus } from './health-messages.ts';

const OK = 0;
const NOT_FOUND = 5;

/** One call of grpc.health.v1.Health/Check over HTTP/2, in clear text (prior knowledge) or TLS. Each call has a connection of its own. */
export async function grpcProbe(probe: GrpcProbe, attempt: Attempt, network: Network): Promise<GrpcSubject> {
  const host = targetHost(probe.host);
  const tls = probe.tls && { settings: probe.tls, name: probe.tls.serverName ?? host, protocols: ['h2'] };
  const dialled = await dial({ host, port: probe.port, ...(tls && { tls }) }, attempt, network);
  try {
    speaksHttp2(dialled);
    const headers = headersOf(probe, hostWithPort(tls?.name ?? host, probe.port), attempt);
    const { body, status } = await call(dialled.socket, { headers, body: healthRequest(probe.service) }, attempt);
    return { kind: 'grpc', serving: servingOf(status, body), ...status };
  } finally {
    dialled.socket.destroy();
  }
}

function speaksHttp2(dialled: Dialled): void {
  if (!dialled.secure || dialled.socket.alpnProtocol === 'h2') return;
  throw new ProbeFailure(
    'protocol',
    'the server does not speak HTTP/2 on this port (ALPN)',
    'check the port, and that the load balancer passes HTTP/2 on',
  );
}

function headersOf({ metadata, tls }: GrpcProbe, authority: string, { limits }: Attempt): OutgoingHttpHeaders {
  const own: Record<string, string[]> = {};
  for (const [name, value] of metadata) own[name.toLowerCase()] = [...(own[name.toLowerCase()] ?? []), value];
  return {
    ...own,
    ':method': 'POST',
    ':scheme': tls ? 'https' : 'http',
    ':authority': authority,
    ':path': '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': 'nightshift',
    // At most eight digits; the unit is milliseconds.
    'grpc-timeout': `${Math.min(99_999_999, Math.max(1, Math.ceil(limits.timeoutMs)))}m`,
  };
}

interface Reply {
  readonly body: Buffer;
  readonly status: GrpcStatus;
}

async function call(
  socket: Socket,
  request: { readonly headers: OutgoingHttpHeaders; readonly body: Buffer },
  attempt: Attempt,
): Promise<Reply> {
  attempt.phase = 'wait';
  const start = performance.now();
  // Loaded by the suites that need it.
  const { connect } = await import('node:http2');
  const session = connect('http://target.invalid', { createConnection: () => socket });
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const most = attempt.limits.maxBodyBytes;
      const chunks: Buffer[] = [];
      let headers: IncomingHttpHeaders | undefined;
      let trailers: IncomingHttpHeaders = {};
      let size = 0;
      const fail = (error: unknown): void => reject(http2Failure(error, attempt));
      attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason), { once: true });
      session.once('error', fail);
      session.once('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
      const stream = session.request(request.headers);
      stream.once('error', fail);
      stream.once('response', (answer) => {
        attempt.took('wait', start);
        attempt.phase = 'receive';
        headers = answer;
      });
      stream.once('trailers', (last) => {
        trailers = last;
      });
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) reject(bodyTooLarge(most));
        else chunks.push(chunk);
      });
      stream.once('close', () => {
        const status = headers && grpcStatus(headers, trailers);
        if (status) resolve({ body: Buffer.concat(chunks), status });
        else reject(notGrpc(headers ? 'the answer has no gRPC status' : 'the call was ended without an answer'));
      });
      stream.end(request.body);
    });
  } finally {
    session.destroy();
  }
}

function servingOf({ code }: GrpcStatus, body: Buffer): ServingStatus {
  // The health protocol's own words for a service that the server does not know.
  if (code === NOT_FOUND) return 'SERVICE_UNKNOWN';
  if (code !== OK) return 'UNKNOWN';
  try {
    return servingStatus(body);
  } catch (error) {
    throw error instanceof BadMessageError ? notGrpc(error.message) : error;
  }
}

function http2Failure(error: unknown, attempt: Attempt): ProbeFailure {
  const code = codeOf(error);
  // Forbidden headers (metadata named `connection` and the like) are noticed before anything is sent.
  if (/^ERR_HTTP2_INVALID/.test(code)) return networkFailure(Object.assign(new Error(), { code: 'ERR_INVALID_HTTP_TOKEN' }), attempt.phase);
  return code.startsWith('ERR_HTTP2_') ? notGrpc(`the server does not keep to HTTP/2 (${code})`) : networkFailure(error, attempt.phase);
}

function notGrpc(why: string): ProbeFailure {
  return new ProbeFailure('protocol', why, 'check that a gRPC server listens on this port, and that proxies before it pass HTTP/2 on');
}
