import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { HttpBody, HttpProbe } from '../../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, get, http, limits } from '../support/probing.ts';
import { CA, secureWebServer, webServer } from '../support/servers.ts';

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly raw: readonly string[];
  readonly body: Buffer;
}

async function seenBy(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return { method: request.method, path: request.url, raw: request.rawHeaders, body: Buffer.concat(chunks) };
}

/** What a server sees of a probe that is sent to it. */
async function sent(more: Partial<Omit<HttpProbe, 'url'>>, { path = '/', user = '' } = {}): Promise<Seen> {
  let seen: Seen | undefined;
  const { port } = await webServer(async (request, response) => {
    seen = await seenBy(request);
    response.end();
  });
  await http(get(`http://${user}127.0.0.1:${port}${path}`, more));
  return seen!;
}

function values({ raw }: Seen, name: string): readonly string[] {
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name);
}

describe.each(['http', 'https'] as const)('over %s', (scheme) => {
  const served = (listener: Parameters<typeof webServer>[0]) => (scheme === 'http' ? webServer(listener) : secureWebServer(listener));
  const tls = { insecure: false, ca: CA };

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'])(
    'a %s shows status, headers, body and hop',
    async (method) => {
      const { url } = await served((request, response) => {
        response.writeHead(201, ['X-Two', 'a', 'X-Two', 'b', 'Content-Type', 'text/plain']).end(`${request.method} ${request.url}`);
      });

      const subject = await http(get(`${url}/a%2Fb?x=1#part`, { method, tls }));

      expect(subject).toMatchObject({ status: 201, httpVersion: '1.1', url: `${url}/a%2Fb?x=1` });
      expect(subject.body.toString()).toBe(method === 'HEAD' ? '' : `${method} /a%2Fb?x=1`);
      expect(subject.headers.slice(0, 3)).toEqual([
        ['X-Two', 'a'],
        ['X-Two', 'b'],
        ['Content-Type', 'text/plain'],
      ]);
      expect(subject.hops).toMatchObject([{ url: `${url}/a%2Fb?x=1`, status: 201, remoteAddress: '127.0.0.1' }]);
      expect(subject.certificate?.trusted).toBe(scheme === 'https' ? true : undefined);
    },
  );

  it('tells the time of each phase, and of a kept connection only those that took place', async () => {
    const { url, connections } = await served((_, response) => response.end('x'));
    const prober = aProber({ lookup: async () => [{ address: '127.0.0.1', family: 4 }] });
    const probe = get(url.replace('127.0.0.1', 'localhost'), { tls });

    const first = await prober.run(probe, limits());
    const second = await prober.run(probe, limits());

    expect(Object.keys(first.timings)).toEqual([
      'dnsMs',
      'connectMs',
      ...(scheme === 'https' ? ['tlsMs'] : []),
      'waitMs',
      'receiveMs',
      'totalMs',
    ]);
    expect(Object.keys(second.timings)).toEqual(['waitMs', 'receiveMs', 'totalMs']);
    expect(second).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
    expect(connections()).toBe(1);
  });

  it('keeps no connection when each answer is to prove something', async () => {
    const { url, connections } = await served((_, response) => response.end('x'));
    const prober = aProber();

    for (let n = 0; n < 3; n++) await http(get(url, { tls }), { prober, fresh: true });

    expect(connections()).toBe(3);
  });

  it('opens as many connections as there are requests at a time', async () => {
    const { url, connections } = await served((_, response) => setTimeout(() => response.end('x'), 20));
    const prober = aProber();

    await Promise.all(Array.from({ length: 12 }, () => http(get(url, { tls }), { prober })));
    await Promise.all(Array.from({ length: 12 }, () => http(get(url, { tls }), { prober })));

    expect(connections()).toBe(12);
  });

  it('connects elsewhere, with Host and server name of the URL', async () => {
    let host: string | undefined;
    const { port } = await served((request, response) => {
      host = request.headers.host;
      response.end('there');
    });

    const subject = await http(get(`${scheme}://localhost/x`, { connectTo: `127.0.0.1:${port}`, tls }), {
      prober: aProber({ lookup: async () => [] }),
    });

    expect(subject.body.toString()).toBe('there');
    expect(host).toBe('localhost');
    expect(subject.url).toBe(`${scheme}://localhost/x`);
  });
});

describe('the request', () => {
  it("has the suite's headers in their order and letter case, twice where they come twice", async () => {
    const seen = await sent({
      headers: [
        ['X-One', '1'],
        ['accept', 'text/html'],
        ['x-TWO', 'a'],
        ['X-one', '2'],
      ],
    });

    expect(seen.raw.slice(2, 10)).toEqual(['X-One', '1', 'accept', 'text/html', 'x-TWO', 'a', 'X-one', '2']);
    expect(values(seen, 'accept')).toEqual(['text/html']);
    expect(values(seen, 'user-agent')).toEqual(['nightshift']);
  });

  it('has another Host where the suite says so', async () => {
    expect(values(await sent({ headers: [['Host', 'shop.example.com']] }), 'host')).toEqual(['shop.example.com']);
  });

  it('adds the query to that of the URL', async () => {
    const query = [
      ['q', "a b&c=d+e'"],
      ['q', 'ü'],
    ] as const;

    expect((await sent({ query }, { path: '/s?x=%20y' })).path).toBe('/s?x=%20y&q=a%20b%26c%3Dd%2Be%27&q=%C3%BC');
    expect((await sent({ query: [['a', '']] }, { path: '/s' })).path).toBe('/s?a=');
  });

  it('asks for what it can unpack, and for nothing else when told not to unpack', async () => {
    expect(values(await sent({}), 'accept-encoding')).toEqual(['gzip, deflate, br']);
    expect(values(await sent({ decompress: false }), 'accept-encoding')).toEqual([]);
  });

  it.each([
    ['GET', []],
    ['DELETE', []],
    ['POST', ['0']],
    ['PUT', ['0']],
    ['PURGE', ['0']],
  ])('without a body, a %s says a length of %j', async (method, lengths) => {
    expect(values(await sent({ method }), 'content-length')).toEqual(lengths);
  });

  it.each<readonly [string, HttpBody, string, readonly string[]]>([
    ['text', { kind: 'text', text: 'grüße' }, 'grüße', []],
    ['base64', { kind: 'base64', base64: 'AP8=' }, '\x00\xff', []],
    ['json', { kind: 'json', value: { a: [1, null, 'x'] } }, '{"a":[1,null,"x"]}', ['application/json']],
    [
      'form',
      {
        kind: 'form',
        fields: [
          ['a', 'x y'],
          ['a', '&='],
        ],
      },
      'a=x+y&a=%26%3D',
      ['application/x-www-form-urlencoded'],
    ],
    ['graphql', { kind: 'graphql', query: '{ me }' }, '{"query":"{ me }"}', ['application/json']],
    [
      'graphql with variables',
      { kind: 'graphql', query: 'q', variables: { n: 1 } },
      '{"query":"q","variables":{"n":1}}',
      ['application/json'],
    ],
  ])('sends a body: %s', async (_, body, text, type) => {
    const seen = await sent({ method: 'POST', body });

    expect(body.kind === 'base64' ? seen.body.toString('latin1') : seen.body.toString()).toBe(text);
    expect(values(seen, 'content-type')).toEqual(type);
    expect(values(seen, 'content-length')).toEqual([String(seen.body.length)]);
  });

  it("lets a header of the suite override the body's type", async () => {
    const seen = await sent({ method: 'POST', headers: [['content-type', 'application/vnd.x+json']], body: { kind: 'json', value: 1 } });

    expect(values(seen, 'content-type')).toEqual(['application/vnd.x+json']);
  });

  it('sends multipart/form-data that another reader reads the same', async () => {
    const seen = await sent({
      method: 'POST',
      body: {
        kind: 'multipart',
        parts: [
          { name: 'plain', content: { kind: 'text', text: 'a\r\nb' } },
          { name: 'file', content: { kind: 'base64', base64: 'AP8=' }, filename: 'a"b.bin', contentType: 'image/png' },
          { name: 'evil"\r\nX: y', content: { kind: 'text', text: 'x' }, filename: 'f.txt' },
        ],
      },
    });

    const form = await new Response(new Uint8Array(seen.body), {
      headers: { 'content-type': values(seen, 'content-type')[0]! },
    }).formData();

    expect(form.get('plain')).toBe('a\r\nb');
    const file = form.get('file') as File;
    expect([file.name, file.type, Buffer.from(await file.arrayBuffer()).toString('hex')]).toEqual(['a"b.bin', 'image/png', '00ff']);
    expect([...form.keys()]).toHaveLength(3);
    expect(seen.body.toString('latin1')).not.toContain('\r\nX: y');
  });

  it.each([
    ['basic', { auth: { kind: 'basic', username: 'ü', password: 'p:w' } }, `Basic ${Buffer.from('ü:p:w').toString('base64')}`],
    ['bearer', { auth: { kind: 'bearer', token: 't0k' } }, 'Bearer t0k'],
    ["of the suite's header before all", { headers: [['authorization', 'Own x']], auth: { kind: 'bearer', token: 't' } }, 'Own x'],
  ] as const)('says who asks: %s', async (_, more, authorization) => {
    expect(values(await sent(more), 'authorization')).toEqual([authorization]);
  });

  it('takes who asks from the URL', async () => {
    const seen = await sent({}, { user: 'me:p%40w@' });

    expect(values(seen, 'authorization')).toEqual([`Basic ${Buffer.from('me:p@w').toString('base64')}`]);
  });

  it.each([
    ['a header with a line break', { headers: [['X-A', 'b\r\nX-Evil: 1']] }],
    ['a header name with a space', { headers: [['X A', 'b']] }],
    ['a method that is none', { method: 'GE T' }],
    ['a URL that is none', { url: 'http://' }],
    ['a URL of another kind', { url: 'file:///etc/passwd' }],
    ['a place to connect to that is none', { connectTo: 'a b' }],
    ['a port to connect to that is none', { connectTo: '127.0.0.1:99999' }],
  ] as const)('is not sent with %s', async (_, more) => {
    const { url, connections } = await webServer((__, response) => response.end());

    const result = await failureOf(aProber().run(get(url, more), limits()));

    expect(result.failure).toBe('refused');
    expect(connections()).toBe(0);
  });
});
