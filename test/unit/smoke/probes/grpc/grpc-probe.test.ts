import { createSecureServer, createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeLimits, ProbeResult } from '../../../../../lib/smoke/probe.ts';
import type { GrpcProbe } from '../../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, limits, subjectOf } from '../support/probing.ts';
import { CA, SERVER_TLS, secureWebServer, tcpServer, webServer } from '../support/servers.ts';

type OnCall = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, body: Buffer) => void;

async function grpcServer(onCall: OnCall, secure = false): Promise<number> {
  const server: Http2Server = secure ? createSecureServer(SERVER_TLS) : createServer();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => {}).on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => onCall(stream, headers, Buffer.concat(chunks)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A whole answer: headers, a message, trailers. */
function answers(message: Buffer, trailers: Record<string, string> = { 'grpc-status': '0' }): OnCall {
  return (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(message);
  };
}

const frame = (...bytes: readonly number[]): Buffer => Buffer.from([0, 0, 0, 0, bytes.length, ...bytes]);

async function probed(onCall: OnCall, more: Partial<GrpcProbe> = {}, of: Partial<ProbeLimits> = {}): Promise<ProbeResult> {
  const port = await grpcServer(onCall, more.tls !== undefined);
  return aProber().run({ kind: 'grpc', host: 'localhost', port, service: '', metadata: [], ...more }, limits(of));
}

describe.each([
  ['in clear text', {}],
  ['over TLS', { tls: { insecure: false, ca: CA } }],
] as const)('a gRPC probe %s', (_, more) => {
  it.each([
    ['SERVING', frame(8, 1)],
    ['NOT_SERVING', frame(8, 2)],
    ['SERVICE_UNKNOWN', frame(8, 3)],
    ['UNKNOWN', frame()],
    ['UNKNOWN', frame(8, 0)],
    ['SERVING', frame(0x12, 3, 1, 2, 3, 8, 1, 0x1d, 0, 0, 0, 0)],
    ['UNKNOWN', frame(8, 99)],
  ])('says %s', async (serving, message) => {
    expect(subjectOf(await probed(answers(message), more))).toEqual({ kind: 'grpc', serving, code: 0, message: '' });
  });

  it('asks as the health protocol has it', async () => {
    let seen: { headers: IncomingHttpHeaders; body: Buffer } | undefined;
    const service = 'shop.Cart'.padEnd(200, '!');
    const metadata = [
      ['X-Tenant', 'a'],
      ['authorization', 'Bearer t'],
    ] as const;

    await probed(
      (stream, headers, body) => {
        seen = { headers, body };
        answers(frame(8, 1))(stream, headers, body);
      },
      { ...more, service, metadata },
    );

    expect(seen?.headers).toMatchObject({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      ':scheme': 'tls' in more ? 'https' : 'http',
      ':authority': expect.stringMatching(/^localhost:\d+$/),
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': '15000m',
      'x-tenant': 'a',
      authorization: 'Bearer t',
    });
    expect(seen?.body).toEqual(Buffer.concat([Buffer.from([0, 0, 0, 0, 203, 0x0a, 0xc8, 0x01]), Buffer.from(service)]));
  });
});

describe('the status of a call', () => {
  const trailersOnly =
    (headers: Record<string, string | number>): OnCall =>
    (stream) =>
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...headers }, { endStream: true });

  it.each([
    [
      'not found: a service that the server does not know',
      { 'grpc-status': '5', 'grpc-message': 'unknown%20service' },
      'SERVICE_UNKNOWN',
      5,
      'unknown service',
    ],
    ['unimplemented: no health protocol', { 'grpc-status': '12', 'grpc-message': 'bad%zz' }, 'UNKNOWN', 12, 'bad%zz'],
    ['unavailable', { 'grpc-status': '14' }, 'UNKNOWN', 14, ''],
    ['no number', { 'grpc-status': 'x' }, 'UNKNOWN', 2, ''],
    ["a proxy's 503", { ':status': 503 }, 'UNKNOWN', 14, 'HTTP status 503'],
    ["a proxy's 404", { ':status': 404 }, 'UNKNOWN', 12, 'HTTP status 404'],
    ["a proxy's 418", { ':status': 418 }, 'UNKNOWN', 2, 'HTTP status 418'],
  ])('is told when it comes without a message: %s', async (_, headers, serving, code, message) => {
    expect(subjectOf(await probed(trailersOnly(headers)))).toEqual({ kind: 'grpc', serving, code, message });
  });

  it('is told from the trailers', async () => {
    const onCall = answers(Buffer.alloc(0), { 'grpc-status': '13', 'grpc-message': 'broken' });

    expect(subjectOf(await probed(onCall))).toMatchObject({ serving: 'UNKNOWN', code: 13, message: 'broken' });
  });
});

describe('what is no gRPC', () => {
  it.each<readonly [string, OnCall]>([
    [
      'an answer without status',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.end('hello');
      },
    ],
    ['a message that is cut off', answers(Buffer.from([0, 0, 0, 0, 9, 8, 1]))],
    ['a message that is too short for a head', answers(Buffer.from([0, 0]))],
    ['a compressed message', answers(Buffer.from([1, 0, 0, 0, 2, 8, 1]))],
    ['a field that runs over the end', answers(frame(0x12, 200, 1))],
    ['a reset', (stream) => stream.close(2)],
  ])('is told apart: %s', async (_, onCall) => {
    expect(await failureOf(probed(onCall))).toMatchObject({ failure: 'protocol' });
  });

  it('is told apart: HTTP/1.1', async () => {
    const { port } = await webServer((_, response) => response.end());

    const result = await failureOf(aProber().run({ kind: 'grpc', host: '127.0.0.1', port, service: '', metadata: [] }, limits()));

    expect(['protocol', 'connect']).toContain(result.failure);
  });

  it('is told apart: HTTP/1.1 over TLS', async () => {
    const { port } = await secureWebServer((_, response) => response.end());
    const tls = { insecure: false, ca: CA };

    const result = await failureOf(aProber().run({ kind: 'grpc', host: 'localhost', port, service: '', metadata: [], tls }, limits()));

    expect(result.message).toContain('does not speak HTTP/2');
  });

  it('is refused: metadata that HTTP/2 forbids', async () => {
    expect(await failureOf(probed(answers(frame(8, 1)), { metadata: [['connection', 'close']] }))).toMatchObject({ failure: 'refused' });
  });
});

describe('a gRPC probe ends at its limits', () => {
  it.each<readonly [string, OnCall]>([
    ['no answer', () => {}],
    ['headers and no more', (stream) => stream.respond({ ':status': 200 })],
  ])('of time, with %s', async (_, onCall) => {
    expect(await failureOf(probed(onCall, {}, { timeoutMs: 200 }))).toMatchObject({ failure: 'timeout' });
  });

  it('of time, with a server that says nothing', async () => {
    const port = await tcpServer(() => {});

    const result = await failureOf(
      aProber().run({ kind: 'grpc', host: '127.0.0.1', port, service: '', metadata: [] }, limits({ timeoutMs: 150 })),
    );

    expect(result.failure).toBe('timeout');
  });

  it('of size', async () => {
    const endless: OnCall = (stream) => {
      stream.respond({ ':status': 200 });
      stream.write(Buffer.alloc(100_000));
    };

    expect(await failureOf(probed(endless, {}, { maxBodyBytes: 5000 }))).toMatchObject({ failure: 'limit' });
  });
});
