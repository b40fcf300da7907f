import { describe, expect, it } from 'vitest';
import type { HttpProbe } from '../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, get, limits } from './support/probing.ts';
import { closedPort, rawAnswer, tcpServer, webServer } from './support/servers.ts';

const SECRET = 'hunter2-plantedsecret';

/** A probe with the secret in all places where a suite can put one. */
function loaded(url: string, more: Partial<HttpProbe> = {}): HttpProbe {
  const at = new URL(url);
  return get(`${at.protocol}//user:${SECRET}@${at.host}/p/${SECRET}?token=${SECRET}#${SECRET}`, {
    method: 'POST',
    headers: [
      ['X-Token', SECRET],
      ['Cookie', `session=${SECRET}`],
    ],
    query: [['q', SECRET]],
    body: { kind: 'text', text: SECRET },
    followRedirects: 3,
    ...more,
  });
}

const ways: readonly (readonly [string, () => Promise<HttpProbe>])[] = [
  ['nothing listens', async () => loaded(`http://127.0.0.1:${await closedPort()}`)],
  ['the name is unknown', async () => loaded('http://unknown.example')],
  ['the address is refused', async () => loaded('http://169.254.169.254')],
  ['the server says nothing', async () => loaded(`http://127.0.0.1:${await tcpServer(() => {})}`)],
  ['the answer is noise that repeats the request', async () => loaded(await rawAnswer(`${SECRET} ${SECRET}\r\n\r\n`))],
  ['a chunk is noise', async () => loaded(await rawAnswer(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${SECRET}`))],
  ['the body is too large', async () => loaded(await rawAnswer(`HTTP/1.1 200 OK\r\n\r\n${SECRET.repeat(1000)}`))],
  [
    'the coding is unknown',
    async () => loaded(await rawAnswer(`HTTP/1.1 200 OK\r\ncontent-encoding: ${SECRET}\r\ncontent-length: 1\r\n\r\nx`)),
  ],
  [
    'the redirect is none',
    async () => loaded(await rawAnswer(`HTTP/1.1 302 Found\r\nlocation: http://[${SECRET}\r\ncontent-length: 0\r\n\r\n`)),
  ],
  [
    'the redirect is of a foreign kind',
    async () => loaded(await rawAnswer(`HTTP/1.1 302 Found\r\nlocation: ftp://${SECRET}\r\ncontent-length: 0\r\n\r\n`)),
  ],
  [
    'it redirects in a circle',
    async () => loaded((await webServer((request, response) => response.writeHead(307, { location: request.url }).end())).url),
  ],
  ['the TLS port speaks plain HTTP', async () => loaded((await webServer((_, response) => response.end())).url.replace('http:', 'https:'))],
  ['a header has a line break', async () => loaded('http://127.0.0.1:1', { headers: [['X-Token', `${SECRET}\n`]] })],
  ['a header name is none', async () => loaded('http://127.0.0.1:1', { headers: [[`${SECRET} `, 'x']] })],
  ['the URL cannot be read', async () => loaded('http://127.0.0.1:1', { url: `http://[${SECRET}` })],
  ['the URL is of a foreign kind', async () => loaded('http://127.0.0.1:1', { url: `${SECRET}:x` })],
  [
    'PEM texts cannot be used',
    async () =>
      loaded(`https://127.0.0.1:${await tcpServer(() => {})}`, { tls: { insecure: false, ca: SECRET, cert: SECRET, key: SECRET } }),
  ],
];

describe('a message of a failure has no secret in it', () => {
  it.each(ways)('when %s', async (_, make) => {
    const prober = aProber({ lookup: () => Promise.reject(Object.assign(new Error(SECRET), { code: 'ENOTFOUND' })) });

    const result = await prober.run(await make(), limits({ timeoutMs: 300, maxBodyBytes: 4000 }));

    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('plantedsecret');
    expect(result.ok || result.message).toMatch(/^POST( https?:\/\/[\w.:]+)? failed: .+; .+/);
  });
});
