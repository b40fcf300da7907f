import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../../../lib/smoke/probe.ts';
import { aProber, failureOf, get, limits } from '../support/probing.ts';
import { drip, secureWebServer, tcpServer, webServer } from '../support/servers.ts';

/** Not the time that is measured: a bound that only a probe without an end would reach. */
const CEILING_MS = 8_000;

async function timedOut(url: string, more: Partial<Parameters<typeof aProber>[0]> = {}): Promise<Extract<ProbeResult, { ok: false }>> {
  const start = Date.now();
  const result = await failureOf(aProber(more).run(get(url), limits({ timeoutMs: 150 })));
  expect(Date.now() - start).toBeLessThan(CEILING_MS);
  return result;
}

const head = 'HTTP/1.1 200 OK\r\n';

describe('a probe ends at its time limit', () => {
  it('when the name is never resolved', async () => {
    const result = await timedOut('http://shop.example', { lookup: () => new Promise(() => {}) });

    expect(result).toMatchObject({ failure: 'timeout', message: expect.stringContaining('its name was not resolved within 150 ms') });
  });

  it('when the TLS handshake is never answered', async () => {
    const port = await tcpServer(() => {});

    expect(await timedOut(`https://127.0.0.1:${port}`)).toMatchObject({
      failure: 'timeout',
      message: expect.stringContaining('the TLS handshake was not over after 150 ms'),
      remoteAddress: '127.0.0.1',
    });
  });

  it('when the handshake trickles', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => drip(socket, '\x16')));

    expect(await timedOut(`https://127.0.0.1:${port}`)).toMatchObject({ ok: false });
  });

  it.each([
    ['nothing at all', () => {}],
    ['a status line and no more', (socket: { write(text: string): void }) => socket.write(head)],
  ])('when the server says %s', async (_, say) => {
    const port = await tcpServer((socket) => say(socket));

    expect(await timedOut(`http://127.0.0.1:${port}`)).toMatchObject({
      failure: 'timeout',
      message: expect.stringContaining('no answer within 150 ms'),
    });
  });

  it('when headers trickle', async () => {
    const port = await tcpServer((socket) => {
      socket.write(head);
      drip(socket, 'x: y\r\n', 10);
    });

    expect(await timedOut(`http://127.0.0.1:${port}`)).toMatchObject({ failure: 'timeout' });
  });

  it.each([
    ['trickles', `content-length: 100000\r\n\r\n`, 'x'],
    ['trickles in chunks', `transfer-encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
    ['goes on until the connection closes', '\r\n', 'x'],
  ])('when the body %s', async (_, rest, piece) => {
    const port = await tcpServer((socket) => {
      socket.write(head + rest);
      drip(socket, piece);
    });

    expect(await timedOut(`http://127.0.0.1:${port}`)).toMatchObject({
      failure: 'timeout',
      message: expect.stringContaining('the answer was not complete after 150 ms'),
    });
  });

  it('when interim answers never become an answer', async () => {
    const port = await tcpServer((socket) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n'));

    expect(await timedOut(`http://127.0.0.1:${port}`)).toMatchObject({ failure: 'timeout' });
  });

  it('when the server does not read what is sent', async () => {
    const port = await tcpServer((socket) => socket.pause());
    const body = { kind: 'text', text: 'x'.repeat(16 * 1024 * 1024) } as const;

    const result = await failureOf(aProber().run(get(`http://127.0.0.1:${port}`, { method: 'POST', body }), limits({ timeoutMs: 150 })));

    expect(result.failure).toBe('timeout');
  });

  it('over all redirects together', async () => {
    let n = 0;
    const { url } = await webServer((_, response) => setTimeout(() => response.writeHead(302, { location: `/${n++}` }).end(), 40));

    const result = await failureOf(aProber().run(get(url, { followRedirects: 50 }), limits({ timeoutMs: 150 })));

    expect(result.failure).toBe('timeout');
    expect(n).toBeLessThan(10);
  });

  it('and destroys the connection', async () => {
    let closed: () => void = () => {};
    const whenClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const port = await tcpServer((socket) => socket.on('close', () => closed()).resume());

    await timedOut(`http://127.0.0.1:${port}`);

    await whenClosed;
  });
});

describe('a probe ends with its run', () => {
  it('at once, when the run ends', async () => {
    const run = new AbortController();
    const port = await tcpServer((socket) => socket.once('data', () => run.abort(new Error('over'))));

    const result = await failureOf(aProber().run(get(`http://127.0.0.1:${port}`), limits({ signal: run.signal })));

    expect(result).toMatchObject({ failure: 'timeout', message: expect.stringContaining('the run was over') });
  });

  it('before it began, when the run is over', async () => {
    const { url, connections } = await webServer((_, response) => response.end());

    const result = await failureOf(aProber().run(get(url), limits({ signal: AbortSignal.abort() })));

    expect(result.failure).toBe('timeout');
    expect(connections()).toBe(0);
  });
});

describe('a probe reads no more than it may', () => {
  const most = 1000;
  const servers = { http: webServer, https: secureWebServer };

  it.each(['http', 'https'] as const)('of a body with a length, over %s', async (scheme) => {
    const { url } = await servers[scheme]((_, response) => response.end('x'.repeat(5000)));

    const result = await failureOf(aProber().run(get(url, { tls: { insecure: true } }), limits({ maxBodyBytes: most })));

    expect(result).toMatchObject({ failure: 'limit', message: expect.stringContaining('larger than 1000 bytes') });
  });

  it('of a body without end', async () => {
    const port = await tcpServer((socket) => {
      socket.write(`${head}\r\n`);
      const more = (error?: Error | null): void => {
        if (!error) socket.write('x'.repeat(65_536), more);
      };
      more();
    });

    expect(await failureOf(aProber().run(get(`http://127.0.0.1:${port}`), limits()))).toMatchObject({ failure: 'limit' });
  });

  it('and takes a body that just fits', async () => {
    const { url } = await webServer((_, response) => response.end('x'.repeat(most)));

    const result = await aProber().run(get(url), limits({ maxBodyBytes: most }));

    expect(result).toMatchObject({ ok: true, subject: { encodedBytes: most } });
  });

  it('and not a body that is one byte too long', async () => {
    const { url } = await webServer((_, response) => response.end('x'.repeat(most + 1)));

    expect(await failureOf(aProber().run(get(url), limits({ maxBodyBytes: most })))).toMatchObject({ failure: 'limit' });
  });
});
