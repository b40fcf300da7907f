import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aProber, failureOf, get, http, limits } from '../support/probing.ts';
import { closedPort, drip, rawAnswer, tcpServer, tlsServer, webServer } from '../support/servers.ts';

const packed = (coding: string, bytes: Buffer, status = 200) =>
  webServer((_, response) => response.writeHead(status, { 'content-encoding': coding }).end(bytes));

describe('a packed body', () => {
  const text = Buffer.from('hello '.repeat(100));
  const codings: readonly (readonly [string, Buffer])[] = [
    ['gzip', zlib.gzipSync(text)],
    ['x-gzip', zlib.gzipSync(text)],
    ['GZIP', zlib.gzipSync(text)],
    ['br', zlib.brotliCompressSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['deflate', zlib.deflateRawSync(text)],
    ['identity', text],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(text))],
    ...(zlib.zstdCompressSync ? ([['zstd', zlib.zstdCompressSync(text)]] as const) : []),
  ];

  it.each(codings)('is unpacked: %s', async (coding, bytes) => {
    const { url } = await packed(coding, bytes);

    const subject = await http(get(url));

    expect(subject.body.equals(text)).toBe(true);
    expect(subject.encodedBytes).toBe(bytes.length);
  });

  it('stays as it is when the check says so', async () => {
    const bytes = zlib.gzipSync(text);
    const { url } = await packed('gzip', bytes);

    expect((await http(get(url, { decompress: false }))).body.equals(bytes)).toBe(true);
  });

  it.each([
    ['gzip', zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 })],
    ['br', zlib.brotliCompressSync(Buffer.alloc(64 * 1024 * 1024), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })],
    ['gzip, gzip', zlib.gzipSync(zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024)))],
  ])('that unpacks to more than the check reads is given up: %s', async (coding, bomb) => {
    const { url } = await packed(coding, bomb);

    expect(await failureOf(aProber().run(get(url), limits()))).toMatchObject({
      failure: 'limit',
      message: expect.stringContaining('1048576'),
    });
  });

  it.each([
    ['cut off', 'gzip', zlib.gzipSync(text).subarray(0, 20)],
    ['something else', 'gzip', text],
    ['something else', 'br', text],
    ['of an unknown coding', 'compress', text],
    ['packed too often', 'gzip, gzip, gzip, gzip', text],
  ])('that is %s is no answer: %s', async (_, coding, bytes) => {
    const { url } = await packed(coding, bytes);

    expect(await failureOf(aProber().run(get(url), limits()))).toMatchObject({ failure: 'protocol' });
  });

  it.each([200, 204, 304])('that is not there needs no unpacking: status %i', async (status) => {
    const { url } = await packed('gzip', Buffer.alloc(0), status);

    expect(await http(get(url))).toMatchObject({ status, encodedBytes: 0 });
  });

  it('may be as large as the check reads, even where packing makes it larger', async () => {
    const noise = zlib.gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)), { level: 0 });
    const { url } = await packed('gzip', noise);

    expect((await http(get(url), { maxBodyBytes: 5000 })).body.length).toBe(5000);
  });
});

describe('what is no HTTP is told apart', () => {
  it.each([
    ['noise', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a bad status line', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['HTTP/2 frames', '\x00\x00\x12\x04\x00\x00\x00\x00\x00'],
    ['a bad chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    ['a bad header', 'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['headers beyond 16 KiB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
  ])('%s', async (_, answer) => {
    expect(await failureOf(aProber().run(get(await rawAnswer(answer)), limits()))).toMatchObject({ failure: 'protocol' });
  });

  it('headers without end', async () => {
    const port = await tcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      drip(socket, `x: ${'y'.repeat(1000)}\r\n`, 1);
    });

    expect(await failureOf(aProber().run(get(`http://127.0.0.1:${port}`), limits()))).toMatchObject({
      failure: 'protocol',
      message: expect.stringContaining('16 KiB'),
    });
  });
});

describe('a lost connection is told apart', () => {
  it('nothing listens', async () => {
    expect(await failureOf(aProber().run(get(`http://127.0.0.1:${await closedPort()}`), limits()))).toMatchObject({
      failure: 'connect',
      message: expect.stringContaining('the connection was refused'),
    });
  });

  it.each([
    ['before an answer', ''],
    ['in the headers', 'HTTP/1.1 200 OK\r\nx:'],
  ])('%s', async (_, answer) => {
    expect(await failureOf(aProber().run(get(await rawAnswer(answer)), limits()))).toMatchObject({
      failure: 'connect',
      message: expect.stringContaining('closed without an answer'),
    });
  });

  it.each([
    ['in the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab'],
  ])('%s', async (_, answer) => {
    expect(await failureOf(aProber().run(get(await rawAnswer(answer)), limits()))).toMatchObject({
      failure: 'connect',
      message: expect.stringContaining('before the answer was complete'),
    });
  });

  it('by a reset', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));

    expect(await failureOf(aProber().run(get(`http://127.0.0.1:${port}`), limits()))).toMatchObject({ failure: 'connect' });
  });

  it('no name', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' }));

    expect(await failureOf(aProber({ lookup }).run(get('http://x.example'), limits()))).toMatchObject({
      failure: 'dns',
      message: expect.stringContaining('does not resolve'),
    });
  });

  it('a name without an address', async () => {
    expect(await failureOf(aProber({ lookup: async () => [] }).run(get('http://x.example'), limits()))).toMatchObject({ failure: 'dns' });
  });
});

describe('an answer', () => {
  it('may end with the connection', async () => {
    const url = await rawAnswer('HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nabc');

    expect(await http(get(url))).toMatchObject({ status: 200, httpVersion: '1.0', body: Buffer.from('abc') });
  });

  it('may come after interim answers', async () => {
    const url = await rawAnswer('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');

    expect((await http(get(url))).body.toString()).toBe('ok');
  });

  it('may switch protocols', async () => {
    const url = await rawAnswer('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n\x81\x00');
    const headers = [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ] as const;

    expect(await http(get(url, { headers }))).toMatchObject({ status: 101, body: Buffer.alloc(0) });
  });
});

describe('a kept connection that the server closed meanwhile', () => {
  /** Answers the first request of each connection, and is gone at the second. */
  const onceEach = (onRequest: (n: number) => void): Promise<number> => {
    let requests = 0;
    return tcpServer((socket) => {
      let here = 0;
      socket.on('data', () => {
        onRequest(++requests);
        if (here++ === 0) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        else socket.destroy();
      });
    });
  };

  it('is replaced by a new one, once, for a method that is safe', async () => {
    let requests = 0;
    const port = await onceEach((n) => {
      requests = n;
    });
    const prober = aProber();

    await http(get(`http://127.0.0.1:${port}`), { prober });
    const second = await http(get(`http://127.0.0.1:${port}`), { prober });

    expect(second.body.toString()).toBe('ok');
    expect(requests).toBe(3);
  });

  it('is not replaced by another kept one, which will be closed, too', async () => {
    const port = await onceEach(() => {});
    const prober = aProber();
    const probe = get(`http://127.0.0.1:${port}`);

    await Promise.all([http(probe, { prober }), http(probe, { prober })]);
    const third = await http(probe, { prober });

    expect(third.body.toString()).toBe('ok');
  });

  it('is a failure for a method that is not, for nobody knows what became of the request', async () => {
    let requests = 0;
    const port = await onceEach((n) => {
      requests = n;
    });
    const prober = aProber();
    const post = get(`http://127.0.0.1:${port}`, { method: 'POST' });

    await http(post, { prober });
    const result = await failureOf(prober.run(post, limits()));

    expect(result.failure).toBe('connect');
    expect(requests).toBe(2);
  });

  it('is a failure when part of an answer was there', async () => {
    let requests = 0;
    const port = await tcpServer((socket) => {
      let here = 0;
      socket.on('data', () => {
        requests++;
        if (here++ === 0) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        else socket.end('HTTP/1.1 200');
      });
    });
    const prober = aProber();

    await http(get(`http://127.0.0.1:${port}`), { prober });
    const result = await failureOf(prober.run(get(`http://127.0.0.1:${port}`), limits()));

    expect(result.failure).toBe('connect');
    expect(requests).toBe(2);
  });
});

describe('a port that speaks the other protocol', () => {
  it('TLS where HTTP was asked for', async () => {
    const port = await tlsServer(() => {});

    expect(['protocol', 'connect']).toContain((await failureOf(aProber().run(get(`http://127.0.0.1:${port}`), limits()))).failure);
  });

  it('HTTP where TLS was asked for', async () => {
    const { port } = await webServer((_, response) => response.end());

    expect(await failureOf(aProber().run(get(`https://127.0.0.1:${port}`), limits()))).toMatchObject({
      failure: 'tls',
      message: expect.stringContaining('does not speak TLS'),
    });
  });
});
