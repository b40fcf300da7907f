import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { HttpProbe } from '../../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, get, http, limits } from '../support/probing.ts';
import { CA, certs, SERVER_TLS, secureWebServer, type WebServer, webServer } from '../support/servers.ts';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Redirects `/` to `location`, answers everything else, and keeps what it was asked. */
async function redirector(
  status: number,
  location: string | (() => string),
  serve: (listener: RequestListener) => Promise<WebServer> = webServer,
): Promise<WebServer & { readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push({ method: request.method, url: request.url, headers: request.headers, body });
    if (request.url === '/') response.writeHead(status, { location: typeof location === 'string' ? location : location() }).end('moved');
    else response.end('arrived');
  });
  return { ...server, asked };
}

const body = { kind: 'text', text: 'payload' } as const;
const follow = (url: string, more: Partial<HttpProbe> = {}): HttpProbe => get(url, { followRedirects: 5, ...more });

describe('a redirect', () => {
  it('is the answer unless the check follows', async () => {
    const { url } = await redirector(302, '/next');

    expect(await http(get(url))).toMatchObject({ status: 302, body: Buffer.from('moved'), hops: [{ status: 302 }] });
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [303, 'HEAD', 'HEAD', ''],
    [301, 'GET', 'GET', ''],
    [302, 'PUT', 'PUT', 'payload'],
    [302, 'HEAD', 'HEAD', ''],
    [307, 'POST', 'POST', 'payload'],
    [308, 'DELETE', 'DELETE', ''],
  ])('%i after %s is followed by %s', async (status, method, next, sent) => {
    const { url, asked } = await redirector(status, '/next');

    await http(follow(url, { method, headers: [['Content-Type', 'x/y']], ...(/^P/.test(method) && { body }) }));

    expect(asked[1]).toMatchObject({ method: next, url: '/next', body: sent });
    expect(asked[1]?.headers['content-type']).toBe(
      method === 'POST' && next === 'GET' ? undefined : method === 'PUT' && next === 'GET' ? undefined : 'x/y',
    );
  });

  it.each([200, 300, 304, 305])('is not seen in status %i', async (status) => {
    const { url } = await redirector(status, '/next');

    expect((await http(follow(url))).hops).toHaveLength(1);
  });

  it('shows each hop', async () => {
    const server = await webServer((request, response) => {
      const n = Number(request.url?.slice(1));
      response.writeHead(n < 3 ? 302 : 200, n < 3 ? { location: `${n + 1}#x`, 'set-cookie': `n=${n}` } : {}).end();
    });

    const subject = await http(follow(`${server.url}/0`));

    expect(subject.hops.map(({ url, status }) => [url, status])).toEqual([
      [`${server.url}/0`, 302],
      [`${server.url}/1`, 302],
      [`${server.url}/2`, 302],
      [`${server.url}/3`, 200],
    ]);
    expect(subject.hops[1]?.headers).toContainEqual(['set-cookie', 'n=1']);
    expect(subject.url).toBe(`${server.url}/3`);
  });

  it('beyond the last that may be followed is the answer', async () => {
    let n = 0;
    const { url } = await webServer((_, response) => response.writeHead(302, { location: `/${++n}` }).end());

    const subject = await http(get(url, { followRedirects: 2 }));

    expect(subject).toMatchObject({ status: 302, url: `${url}/2` });
    expect(subject.hops).toHaveLength(3);
  });

  it('in a circle fails', async () => {
    const { url } = await webServer((request, response) => response.writeHead(302, { location: request.url === '/' ? '/a' : '/' }).end());

    expect(await failureOf(aProber().run(follow(url), limits()))).toMatchObject({
      failure: 'protocol',
      message: expect.stringContaining('in a circle'),
    });
  });

  it.each([
    ['what is no URL', 'http://[', 'protocol'],
    ['a file', 'file:///etc/passwd', 'refused'],
    ['a script', 'javascript:alert(1)', 'refused'],
    ['an address that is refused', 'http://169.254.169.254/latest/meta-data/', 'refused'],
    ['a decimal address that is refused', 'http://2852039166/latest/meta-data/', 'refused'],
    ['a mapped address that is refused', 'http://[::ffff:169.254.169.254]/', 'refused'],
  ])('to %s fails', async (_, location, failure) => {
    const { url } = await redirector(302, location);

    expect(await failureOf(aProber().run(follow(url), limits()))).toMatchObject({ failure });
  });

  it('from https to http is refused', async () => {
    const plain = await redirector(200, '');
    const secure = await redirector(302, `${plain.url}/next`, secureWebServer);

    const result = await failureOf(aProber().run(follow(secure.url, { tls: { insecure: false, ca: CA } }), limits()));

    expect(result).toMatchObject({ failure: 'refused', message: expect.stringContaining('from https to http') });
    expect(plain.asked).toEqual([]);
  });
});

describe('what proves who asks', () => {
  const secrets = [
    ['Cookie', 'session=s'],
    ['X-Api-Key', 'k'],
    ['X-Auth-Token', 't'],
    ['X-Trace', 'kept'],
  ] as const;

  it('goes along within the origin', async () => {
    const { url, asked } = await redirector(302, '/next');

    await http(follow(url, { headers: secrets, auth: { kind: 'bearer', token: 't' } }));

    expect(asked[1]?.headers).toMatchObject({
      authorization: 'Bearer t',
      cookie: 'session=s',
      'x-api-key': 'k',
      'x-auth-token': 't',
      'x-trace': 'kept',
    });
  });

  it.each([
    ['by auth', { auth: { kind: 'bearer', token: 't' } as const }],
    ['by a header', { headers: [['Authorization', 'Bearer t'], ...secrets] as const }],
  ])('does not go to another origin, nor back from there: %s', async (_, more) => {
    const home: WebServer & { asked: Asked[] } = await redirector(302, () => `${away.url}/`);
    const away: WebServer & { asked: Asked[] } = await redirector(302, () => `${home.url}/back`);

    await http(follow(home.url, { headers: secrets, ...more }));

    expect(home.asked[0]?.headers.authorization).toBe('Bearer t');
    for (const { headers } of [away.asked[0]!, home.asked[1]!]) {
      expect(headers).toMatchObject({ 'x-trace': 'kept' });
      for (const name of ['authorization', 'cookie', 'x-api-key', 'x-auth-token']) expect(headers[name]).toBeUndefined();
    }
  });

  it('sends the Host of where it goes', async () => {
    const away = await redirector(200, '');
    const home = await redirector(302, `${away.url}/next`);

    await http(follow(home.url, { headers: [['Host', 'shop.example.com']] }));

    expect(home.asked[0]?.headers.host).toBe('shop.example.com');
    expect(away.asked[0]?.headers.host).toBe(`127.0.0.1:${away.port}`);
  });

  it('keeps the client certificate from another origin', async () => {
    const mutual = { ...SERVER_TLS, ca: CA, requestCert: true, rejectUnauthorized: false };
    const shown: boolean[] = [];
    const serve = (listener: Parameters<typeof webServer>[0]) =>
      secureWebServer((request, response) => {
        shown.push(Object.keys((request.socket as import('node:tls').TLSSocket).getPeerCertificate()).length > 0);
        listener(request, response);
      }, mutual);
    const away = await redirector(200, '', serve);
    const home = await redirector(302, `${away.url}/next`, serve);

    await http(follow(home.url, { tls: { insecure: false, ca: CA, cert: certs('client.pem'), key: certs('client.key') } }));

    expect(shown).toEqual([true, false]);
  });
});

describe('another place to connect to', () => {
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }];

  it('with a port stands for the first origin only', async () => {
    const away = await redirector(200, '');
    const home = await redirector(302, `http://away.example:${away.port}/next`);

    const subject = await http(follow('http://home.example', { connectTo: `127.0.0.1:${home.port}` }), { prober: aProber({ lookup }) });

    expect(subject.url).toBe(`http://away.example:${away.port}/next`);
    expect(away.asked).toHaveLength(1);
  });

  it('without a port stands for the first host', async () => {
    const away = await redirector(200, '');
    const home = await redirector(302, `http://home.example:${away.port}/next`);
    const nowhere = async () => [];

    await http(follow(`http://home.example:${home.port}`, { connectTo: '127.0.0.1' }), { prober: aProber({ lookup: nowhere }) });

    expect(away.asked).toHaveLength(1);
  });
});
