import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuiteResult } from '../../../lib/smoke/suite-result.ts';
import { runSmoke } from './run-smoke.ts';
import { slackMessageOf } from './slack-message-of.ts';
import { type WebServer, webServer } from './web-server.ts';

/** Each is of two halves that no format escapes, so that a half is enough to know it by. */
const PLANTED = {
  header: 'hdrPLANTEDone/+hdrPLANTEDtwo',
  body: 'bdyPLANTEDone"&bdyPLANTEDtwo',
  query: 'qryPLANTEDone &=qryPLANTEDtwo',
  environment: "envPLANTEDone'<envPLANTEDtwo",
  basic: 'bscPLANTEDone:%bscPLANTEDtwo',
  session: 'sesPLANTEDone.sesPLANTEDtwo',
  captured: 'capPLANTEDone\\\\capPLANTEDtwo',
} as const;

const suite = (base: string): string => `
version: 1
name: secrets
variables:
  base: ${base}
  header: { value: ${JSON.stringify(PLANTED.header)}, secret: true }
  body: { value: ${JSON.stringify(PLANTED.body)}, secret: true }
  query: { value: ${JSON.stringify(PLANTED.query)}, secret: true }
  environment: { env: SMOKE_SECRET, secret: true }
defaults: { retry: { attempts: 1 } }
checks:
${['plain', 'url', 'json', 'html', 'base64', 'hex', 'gzip'].map((how) => check(how)).join('')}
  - name: login
    http: { url: "{{base}}/login" }
    assert: [ { status: 200 } ]
    capture: { token: { jsonPath: $.token, secret: true } }
  - name: after login
    http: { url: "{{base}}/echo?how=plain", headers: { x-session: "{{token}}" } }
    assert: [ { body: { equals: nothing } }, { header: x-echo, equals: nothing }, { body: { equals: "{{token}}" } } ]
  - name: moved
    http: { url: "{{base}}/moved?token={{query}}", followRedirects: 2 }
    assert: [ { body: { equals: nothing } }, { url: { equals: nothing } } ]
`;

const check = (how: string): string =>
  `
  - name: ${how}
    http:
      url: "{{base}}/echo?how=${how}&q={{query}}"
      method: POST
      headers: { x-api-key: "{{header}}", x-plain: "{{environment}}", cookie: "sid=${PLANTED.session}" }
      auth: { basic: { username: user, password: ${JSON.stringify(PLANTED.basic)} } }
      json: { note: "{{body}}" }
    assert:
      - { body: { equals: nothing } }
      - { body: { contains: "{{environment}}" } }
      - { jsonPath: "$.body", equals: nothing }
      - { header: x-echo, equals: nothing }
      - { cookie: sid, equals: nothing }
`;

const WRITE: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  gzip: (text) => text,
  url: encodeURIComponent,
  json: (text) => JSON.stringify(JSON.stringify(text)),
  html: (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
  base64: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
};

/** Everything that a text may be read as by somebody who looks for secrets in it. */
function readings(text: string): readonly string[] {
  const decoded = [...text.matchAll(/[\w+/-]{12,}/g)].flatMap(([run]) =>
    [0, 1, 2, 3].flatMap((skip) => [
      Buffer.from(run.slice(skip), 'base64').toString('latin1'),
      Buffer.from(run.slice(skip), 'hex').toString('latin1'),
    ]),
  );
  return [text, ...decoded];
}

function planted(text: string): readonly string[] {
  return readings(text).flatMap((reading) => reading.match(/[a-z]{3}PLANTED(?:one|two)/g) ?? []);
}

describe('secrets of a suite whose servers echo all they get', () => {
  let server: WebServer;
  let folder: string;
  const outputs = new Map<string, string>();
  let result: SuiteResult;

  beforeAll(async () => {
    server = await webServer(({ request, response, url, body }) => {
      const write = WRITE[url.searchParams.get('how') ?? 'plain'] ?? String;
      if (url.pathname === '/login') {
        response.setHeader('content-type', 'application/json');
        response.setHeader('set-cookie', `sid=${PLANTED.session}; HttpOnly`);
        response.end(JSON.stringify({ token: PLANTED.captured }));
        return;
      }
      if (url.pathname === '/moved') {
        response.writeHead(302, { location: `/echo?how=plain&token=${encodeURIComponent(url.searchParams.get('token') ?? '')}` }).end();
        return;
      }
      const all = [request.url, JSON.stringify(request.headers), body, String(request.headers['x-session'] ?? '')].join(' ');
      response.setHeader(
        'x-echo',
        write(String(request.headers['x-api-key'] ?? request.headers['x-session'] ?? '')).replace(/[^ -~]/g, '?'),
      );
      response.setHeader('set-cookie', `sid=${PLANTED.session}`);
      const answer = JSON.stringify({ body: write(all), pieces: Object.values(PLANTED).map(write) });
      if (url.searchParams.get('how') === 'gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync(answer));
      else response.end(answer);
    });
    folder = await mkdtemp(join(tmpdir(), 'nightshift-secrets-'));
    const file = (name: string): string => join(folder, name);
    const reports = ['junit', 'tap', 'html', 'json'].flatMap((kind) => ['--report', `${kind}=${file(kind)}`]);
    const options = { env: { SMOKE_SECRET: PLANTED.environment }, stdin: suite(server.base) };
    const text = await runSmoke(['run', '-', '--allow', '127.0.0.1', '--verbose', ...reports], options);
    const json = await runSmoke(['run', '-', '--allow', '127.0.0.1', '-o', 'json'], options);
    expect(json.stdout).not.toContain(`"error":{`);
    result = JSON.parse(json.stdout) as SuiteResult;
    outputs
      .set('text', text.stdout)
      .set('stderr', text.stderr)
      .set('-o json', json.stdout)
      .set('slack', await slackMessageOf(result));
    for (const kind of ['junit', 'tap', 'html', 'json']) outputs.set(kind, await readFile(file(kind), 'utf8'));
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('were sent, and came back: each check has failed for what it was answered', () => {
    expect(result.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      ...['plain', 'url', 'json', 'html', 'base64', 'hex', 'gzip'].map((how) => `${how} failed`),
      'login passed',
      'after login failed',
      'moved failed',
    ]);
    const texts = JSON.stringify(result);
    expect(texts.match(/\[redacted\]/g)?.length).toBeGreaterThan(20);
    expect(texts).not.toContain('[withheld]');
  });

  it.each(['text', 'stderr', '-o json', 'slack', 'junit', 'tap', 'html', 'json'])('are not in %s', (where) => {
    const text = outputs.get(where) ?? '';

    expect(text).not.toBe('');
    expect(planted(text)).toEqual([]);
  });

  it('are looked for by somebody who would find them', () => {
    for (const write of Object.values(WRITE)) expect(planted(`x ${write(`a ${PLANTED.header}`)} y`)).not.toEqual([]);
  });
});
