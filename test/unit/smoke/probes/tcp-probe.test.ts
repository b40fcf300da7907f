import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ProbeLimits, ProbeResult } from '../../../../lib/smoke/probe.ts';
import type { TcpProbe } from '../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, limits, subjectOf } from './support/probing.ts';
import { closedPort, drip, tcpServer } from './support/servers.ts';

type Told = Pick<TcpProbe, 'receive'> & Partial<TcpProbe>;

async function probed(onConnection: (socket: Socket) => void, told: Told, of: Partial<ProbeLimits> = {}): Promise<ProbeResult> {
  const port = await tcpServer(onConnection);
  return aProber().run({ kind: 'tcp', host: '127.0.0.1', port, ...told }, limits(of));
}

describe('a TCP probe', () => {
  it('is content with a connection', async () => {
    expect(await probed(() => {}, { receive: { kind: 'nothing' } })).toMatchObject({
      ok: true,
      subject: { kind: 'tcp', received: Buffer.alloc(0) },
      timings: { connectMs: expect.any(Number) },
      remoteAddress: '127.0.0.1',
    });
  });

  it.each([
    ['text', { kind: 'text', text: 'PING\r\n' }, Buffer.from('PING\r\n')],
    ['bytes', { kind: 'base64', base64: 'AP8=' }, Buffer.from([0, 255])],
  ] as const)('sends %s and reads what comes', async (_, send, bytes) => {
    const result = await probed((socket) => socket.on('data', (data) => socket.write(data)), { send, receive: { kind: 'first' } });

    expect(subjectOf(result)).toEqual({ kind: 'tcp', received: bytes });
  });

  it('sends also when it waits for nothing', async () => {
    let told: (text: string) => void = () => {};
    const came = new Promise<string>((resolve) => {
      told = resolve;
    });

    await probed((socket) => socket.on('data', (data) => told(String(data))), {
      send: { kind: 'text', text: 'bye' },
      receive: { kind: 'nothing' },
    });

    expect(await came).toBe('bye');
  });

  it('reads until a text has come, in however many pieces', async () => {
    const result = await probed(
      (socket) => [...'220 ready\r\nmore'].forEach((letter, n) => void setTimeout(() => socket.write(letter), n * 3)),
      {
        receive: { kind: 'until', text: 'ready' },
      },
    );

    expect(subjectOf(result)).toMatchObject({ received: Buffer.from('220 ready') });
  });

  it('reads until the other side closes', async () => {
    const result = await probed((socket) => socket.end('all of it'), { receive: { kind: 'close' } });

    expect(subjectOf(result)).toMatchObject({ received: Buffer.from('all of it') });
  });

  it.each([
    ['first', { kind: 'first' }, 'before anything came'],
    ['until', { kind: 'until', text: 'ready' }, 'before the expected text came'],
  ] as const)('fails when the connection is closed too early: %s', async (_, receive, why) => {
    const result = await failureOf(probed((socket) => socket.end(receive.kind === 'until' ? '500 no' : ''), { receive }));

    expect(result).toMatchObject({ failure: 'protocol', message: expect.stringContaining(why) });
  });

  it.each([
    ['anything', { kind: 'first' }],
    ['a text', { kind: 'until', text: 'never' }],
    ['the end', { kind: 'close' }],
  ] as const)('ends at its limit when it waits for %s in vain', async (_, receive) => {
    const result = await failureOf(
      probed((socket) => (receive.kind === 'first' ? undefined : drip(socket, 'x')), { receive }, { timeoutMs: 150 }),
    );

    expect(result.failure).toBe('timeout');
  });

  it('reads no more than it may', async () => {
    const result = await failureOf(
      probed((socket) => drip(socket, 'x'.repeat(100), 1), { receive: { kind: 'close' } }, { maxBodyBytes: 1000 }),
    );

    expect(result).toMatchObject({ failure: 'limit', message: expect.stringContaining('1000 bytes') });
  });

  it('tells of a reset, and of a port where nothing listens', async () => {
    const reset = probed((socket) => socket.once('data', () => socket.resetAndDestroy()), {
      send: { kind: 'text', text: 'x' },
      receive: { kind: 'first' },
    });
    const closed = aProber().run({ kind: 'tcp', host: '127.0.0.1', port: await closedPort(), receive: { kind: 'nothing' } }, limits());

    expect((await failureOf(reset)).failure).toBe('connect');
    expect(await failureOf(closed)).toMatchObject({
      failure: 'connect',
      message: expect.stringMatching(/^tcp 127\.0\.0\.1:\d+ failed: the connection was refused; /),
    });
  });

  it.each(['', 'a b', 'user@host', 'host/path', 'ho[st', '1.2.3.256'])('is refused with what is no host: %j', async (host) => {
    const result = await failureOf(aProber().run({ kind: 'tcp', host, port: 1, receive: { kind: 'nothing' } }, limits()));

    expect(result.failure).toBe('refused');
  });
});
