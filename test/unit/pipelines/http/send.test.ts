import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { send, type WireRequest } from '../../../../lib/pipelines/http/send.ts';
import { toldSend } from '../../../../lib/pipelines/http/told-send.ts';
import { failure } from '../../../support/failure.ts';
import { type HttpReceiver, httpReceiver } from '../../../support/http-receiver.ts';
import { recordingLog } from '../../../support/recorders.ts';

const certificates = join(import.meta.dirname, '../../../support/certs');

type Answer = Parameters<typeof httpReceiver>[0];

async function server(answer: Answer): Promise<HttpReceiver> {
  const receiver = await httpReceiver(answer);
  onTestFinished(() => receiver.close());
  return receiver;
}

function request(url: string, more: Partial<WireRequest> = {}): WireRequest {
  return { service: 'jenkins', method: 'GET', url, headers: { authorization: 'Basic planted' }, timeoutMs: 5_000, ...more };
}

afterEach(() => vi.unstubAllEnvs());

describe('one exchange', () => {
  it('gives status, headers, cookies and body, and follows no redirect', async () => {
    const { url, requests } = await server((response) =>
      response
        .writeHead(303, { location: '/elsewhere', 'set-cookie': ['a=1; Path=/', 'b=2; HttpOnly'], 'x-twice': ['1', '2'] })
        .end('see there'),
    );

    const answer = await send(request(url));

    expect({ ...answer, header: answer.header('Location') }).toEqual({
      status: 303,
      header: '/elsewhere',
      cookies: ['a=1', 'b=2'],
      body: 'see there',
    });
    expect([answer.header('x-twice'), answer.header('x-absent')]).toEqual(['1, 2', undefined]);
    expect(requests).toHaveLength(1);
  });

  it('hands a long body on as it comes', async () => {
    const { url } = await server((response) => response.end('x'.repeat(200_000)));
    let bytes = 0;

    const { body } = await send(request(url, { onData: (chunk) => (bytes += chunk.length) }));

    expect([bytes, body]).toEqual([200_000, '']);
  });

  it('goes through the proxy of the environment', async () => {
    const proxy = await server((response) => response.end('from the proxy'));
    vi.stubEnv('HTTP_PROXY', proxy.url);
    vi.stubEnv('http_proxy', proxy.url);
    vi.stubEnv('NO_PROXY', '');
    vi.stubEnv('no_proxy', '');

    const { body } = await send(request('http://ci.example.com/job/x'));

    expect(body).toBe('from the proxy');
    expect(proxy.requests[0]?.path).toBe('http://ci.example.com/job/x');
  });
});

describe('an exchange without an answer', () => {
  it.each([
    ['nothing listens', 'http://127.0.0.1:1/x', 'no', 'nothing listens at its address (ECONNREFUSED)'],
    ['the name is unknown', 'http://ci.invalid/x', 'no', 'its name does not resolve'],
  ])('was not sent when %s', async (_, url, sent, message) => {
    const error = await failure(send(request(url)));

    expect(error).toMatchObject({ code: 'jenkins_unreachable', sent, retryable: true, message: expect.stringContaining(message) });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });

  it.each<[string, Answer, string]>([
    ['the connection is cut', (response) => void response.socket?.destroy(), 'the connection was cut (ECONNRESET)'],
    ['no answer comes', () => {}, 'no answer in 200 ms'],
    ['the answer stops half-way', (response) => void response.writeHead(200, { 'content-length': '99' }).write('x'), 'no answer in 200 ms'],
    ['the answer is endless', (response) => response.end('x'.repeat(10_000_001)), 'the answer is too long'],
  ])('may have been sent when %s', async (_, answer, message) => {
    const { url } = await server(answer);

    const error = await failure(send(request(url, { timeoutMs: message.includes('ms') ? 200 : 5_000 })));

    expect(error).toMatchObject({ sent: 'unknown', message: expect.stringContaining(message) });
    expect(error.cause).toBeUndefined();
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });

  it('was not sent to a server whose certificate nobody vouches for, and says what to do', async () => {
    const [cert, key] = await Promise.all(['server.pem', 'server.key'].map((name) => readFile(join(certificates, name))));
    const tls = createServer({ cert: cert!, key: key! }, (_, response) => response.end('x'));
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void tls.close());

    const error = await failure(send(request(`https://127.0.0.1:${(tls.address() as AddressInfo).port}`)));

    expect(error).toMatchObject({
      sent: 'no',
      retryable: false,
      message: expect.stringContaining('no TLS connection'),
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it('ends with the reason of the signal', async () => {
    const { url } = await server(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 50);

    expect((await failure(send(request(url, { signal: stop.signal })))).message).toBe('enough');
  });
});

describe('a told exchange', () => {
  it('says where and what came of it, and neither headers nor bodies', async () => {
    const { url } = await server((response) => response.writeHead(404, { 'x-secret': 'planted' }).end('planted'));
    const { log, lines } = recordingLog();
    const told = toldSend(log, () => 5);

    await told(request(`${url}/job/x`, { method: 'POST', body: 'planted' }));
    await failure(told(request('http://127.0.0.1:1/x')));

    expect(lines).toMatchObject([
      {
        level: 'debug',
        message: 'request',
        fields: { service: 'jenkins', method: 'POST', url: `${url}/job/x`, status: 404, durationMs: 0 },
      },
      { fields: { error: { code: 'jenkins_unreachable' } } },
    ]);
    expect(inspect(lines, { depth: 9 })).not.toContain('planted');
  });
});
