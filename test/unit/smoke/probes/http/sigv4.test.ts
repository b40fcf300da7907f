import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { HttpProbe } from '../../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, get, http, limits } from '../support/probing.ts';
import { webServer } from '../support/servers.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session-token',
};
const clock = { now: () => Date.UTC(2015, 7, 30, 12, 36), sleep: () => Promise.resolve() };
const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const strict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a service of AWS computes of the request that it got (Signature Version 4, "Create a signed AWS API request"), to compare with what it was sent. */
function expectedSignature({ method, url = '', headers }: IncomingMessage, body: Buffer, service: string): string {
  const [path = '', query = ''] = url.split('?');
  const canonicalPath = service === 's3' ? path : path.split('/').map(strict).join('/');
  const canonicalQuery = query.split('&').filter(Boolean).sort().join('&');
  const signedHeaders = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const canonicalHeaders = signedHeaders
    .split(';')
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
  const canonical = [method, canonicalPath, canonicalQuery, canonicalHeaders, signedHeaders, hash(body)].join('\n');
  const scope = `20150830/us-east-1/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const key = ['20150830', 'us-east-1', service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
}

async function signed(
  more: Partial<HttpProbe>,
  { service = 'execute-api', path = '/' } = {},
): Promise<{ request: IncomingMessage; body: Buffer }> {
  let seen: { request: IncomingMessage; body: Buffer } | undefined;
  const { url } = await webServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen = { request, body: Buffer.concat(chunks) };
    response.end();
  });
  const auth = { kind: 'sigv4', service, region: 'us-east-1' } as const;
  await http(get(url + path, { auth, ...more }), { prober: aProber({ clock, credentials: async () => credentials }) });
  return seen!;
}

describe('a signed request', () => {
  it.each<readonly [string, Partial<HttpProbe>, { readonly service?: string; readonly path?: string }]>([
    ['a GET', {}, {}],
    [
      'a query, as the suite has it',
      {
        query: [
          ['b', '2'],
          ['a', "x y+z/ü'"],
          ['a', 'w'],
        ],
      },
      {},
    ],
    ['a query, as the URL has it', {}, { path: '/?b=x+y&a=%2b(1)&c' }],
    ['a path with what may be encoded', {}, { path: "/a%20b/(c)/d'e/%C3%BC;f=1" }],
    ['a path of S3', {}, { service: 's3', path: '/bucket/a%20b/(c)+d' }],
    ['a body', { method: 'POST', body: { kind: 'json', value: { a: 'ü' } } }, {}],
    [
      'headers of AWS',
      {
        headers: [
          ['X-Amz-Target', 'T.Op'],
          ['Content-Type', 'application/x-amz-json-1.1'],
          ['X-Trace', 't'],
        ],
      },
      { service: 'dynamodb' },
    ],
  ])('has the signature that the service computes: %s', async (_, more, where) => {
    const { request, body } = await signed(more, where);

    const { authorization = '' } = request.headers;
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20150830\/us-east-1\//);
    expect(/Signature=([0-9a-f]{64})$/.exec(authorization)?.[1]).toBe(expectedSignature(request, body, where.service ?? 'execute-api'));
    expect(request.headers).toMatchObject({
      'x-amz-date': '20150830T123600Z',
      'x-amz-security-token': 'session-token',
      'x-amz-content-sha256': hash(body),
    });
    expect(authorization).toContain('host;');
  });

  it.each([
    ['there are no credentials', undefined],
    ['credentials cannot be had', () => Promise.reject(new Error('secret-in-error'))],
  ])('is not sent when %s', async (_, provider) => {
    const { url, connections } = await webServer((__, response) => response.end());
    const prober = aProber(provider ? { credentials: provider } : {});

    const result = await failureOf(prober.run(get(url, { auth: { kind: 'sigv4', service: 's3', region: 'us-east-1' } }), limits()));

    expect(result.failure).toBe('refused');
    expect(result.message).not.toContain('secret-in-error');
    expect(connections()).toBe(0);
  });
});
