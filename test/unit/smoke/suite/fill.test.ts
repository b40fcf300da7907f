import { describe, expect, it } from 'vitest';
import { fillAssertions, fillProbe } from '../../../../lib/smoke/suite/fill.ts';
import { FillError } from '../../../../lib/smoke/suite/fill-error.ts';
import { readSuite } from '../../../../lib/smoke/suite/read-suite.ts';
import { checkOf, WHOLE } from './suites.ts';

const VALUES = new Map(
  Object.entries({
    base: 'https://shop.example.com/',
    release: '2.4.1+x',
    password: 'p"w{{x}}\\',
    token: 't',
    key: 'k',
    user: 'ann & co',
    pin: '1234',
    tenant: 'shop.example.com',
    session: 's e',
    id: '50051',
  }),
);
const whole = await readSuite(WHOLE);
const filled = (name: string) => fillProbe(whole.checks.find((each) => each.name === name)!.probe, VALUES);

describe('a filled probe', () => {
  it('has every value at its place', () => {
    expect(filled('login')).toMatchObject({
      url: 'https://shop.example.com/login',
      query: [
        ['q', 'a b'],
        ['many', 'x'],
        ['many', 'ann & co'],
      ],
      body: { kind: 'json', value: { user: 'ann & co', nested: [{ password: 'p"w{{x}}\\' }, 1, null, true] } },
      auth: { kind: 'basic', username: 'ann & co', password: '1234' },
      tls: { serverName: 'shop.example.com' },
      connectTo: '10.0.0.5:8443',
    });
    expect(filled('query')).toMatchObject({ body: { query: '{ a }', variables: { k: 'k' } }, auth: { token: 's e' } });
    expect(filled('parts')).toMatchObject({
      body: { parts: [{ content: { text: 't' } }, { content: { base64: 'aGk=' }, filename: 'f.txt' }] },
    });
    expect(filled('health')).toMatchObject({ port: 50_051, service: 'shop.v1', tls: { serverName: 'shop.example.com' } });
  });

  it('is the same where there is nothing to fill', () => {
    expect(filled('port')).toEqual(whole.checks.find(({ name }) => name === 'port')!.probe);
    expect(filled('name')).toEqual(whole.checks.find(({ name }) => name === 'name')!.probe);
  });

  it('asks with what was expected', () => {
    const { assert } = whole.checks[0]!;

    const predicates = fillAssertions(assert, VALUES).map(({ predicate }) => predicate);

    expect(predicates).toContainEqual({ operator: 'equals', value: '2.4.1+x', filled: true });
    expect(predicates).toContainEqual({ operator: 'matches', text: 'v2\\.4\\.1\\+x$' });
  });
});

describe('a value in a URL', () => {
  const urls: readonly [string, string, string][] = [
    ['{{v}}/a', 'https://x.example.com', 'https://x.example.com/a'],
    ['{{v}}/a', 'https://x.example.com/base/', 'https://x.example.com/base/a'],
    ['https://x/{{v}}/c', 'a/b?c#d', 'https://x/a%2Fb%3Fc%23d/c'],
    ['https://x/?q={{v}}&r=1', 'a&r=2', 'https://x/?q=a%26r%3D2&r=1'],
    ['https://x/{{v}}', '\ud800', 'https://x/%EF%BF%BD'],
    ['https://{{v}}/a', 'db.example.com:8443', 'https://db.example.com:8443/a'],
    ['https://{{v}}.example.com/a', 'shop', 'https://shop.example.com/a'],
    ['https://x/a.{{v}}', '.', 'https://x/a..'],
  ];
  it.each(urls)('%s with %j is %s', async (url, value, expected) => {
    const { probe } = await checkOf(`{ name: a, http: { url: "${url}" } }`, 'variables: { v: x }\n');

    expect(fillProbe(probe, new Map([['v', value]]))).toMatchObject({ url: expected });
  });
});

describe('a value that cannot stand at its place', () => {
  it.each<[string, string, string]>([
    ['http: { url: "https://x/{{v}}/a" }', '..', 'is . or .., which would lead to another path'],
    ['http: { url: "https://{{v}}/a" }', 'evil.example.com/', 'stands where a host does and is none'],
    ['http: { url: "https://{{v}}.example.com/a" }', 'user@evil', 'stands where a host does and is none'],
    ['http: { url: "{{v}}/a" }', 'shop.example.com', 'the url is none'],
    ['http: { url: "{{v}}/a" }', 'file:///etc', 'must begin with https:// or http://'],
    ['http: { url: http://x, headers: { a: "{{v}}" } }', 'a\r\nb: c', 'has a line break in it'],
    ['http: { url: http://x, auth: { bearer: "{{v}}" } }', 'token\n', 'keep it without one, at its end too'],
    ['http: { url: http://x, auth: { basic: { username: "{{v}}", password: x } } }', 'a:b', 'has a colon in it'],
    ['http: { url: http://x, connectTo: "{{v}}" }', 'a b', 'is no host'],
    ['http: { url: https://x, tls: { pin: "{{v}}" } }', 'abc', 'is no SHA-256'],
    ['tcp: { host: "{{v}}", port: 1 }', 'a:1', 'is no host'],
    ['tcp: { host: x, port: "{{v}}" }', '0', 'is no port: 1 to 65535'],
    ['grpc: { host: x, port: 1, metadata: { a: "{{v}}" } }', 'a\nb', 'has a line break in it'],
  ])('is refused: %s', async (probe, value, problem) => {
    const check = await checkOf(`{ name: a, ${probe} }`, 'variables: { v: x }\n');

    const fill = (): unknown => fillProbe(check.probe, new Map([['v', value]]));

    expect(fill).toThrow(FillError);
    expect(fill).toThrow(problem);
    expect(fill).toThrow(expect.objectContaining({ variable: 'v' }));
  });

  it('is not told', async () => {
    const { probe } = await checkOf('{ name: a, tcp: { host: "{{v}}", port: 1 } }', 'variables: { v: x }\n');

    expect(() => fillProbe(probe, new Map([['v', 's3cr3t value']]))).toThrow(/^(?!.*s3cr3t).*is no host/);
  });
});
