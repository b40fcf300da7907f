import { describe, expect, it } from 'vitest';
import { readSuite } from '../../../../lib/smoke/suite/read-suite.ts';
import { checkOf, problemsIn, suiteText, WHOLE } from './suites.ts';

const whole = await readSuite(WHOLE, { source: 'suites/shop.yaml' });
const check = (name: string) => whole.checks.find((each) => each.name === name)!;

describe('a suite', () => {
  it('has its amounts in milliseconds and bytes', () => {
    expect(whole).toMatchObject({
      version: 1,
      name: 'shop',
      deadlineMs: 120_000,
      allow: ['10.0.0.0/8'],
      identity: { check: 'login', successes: 3 },
    });
    expect(check('login')).toMatchObject({ timeoutMs: 3_000, maxBodyBytes: 300, intervalMs: 500, optional: false });
    expect(check('form')).toMatchObject({ timeoutMs: 5_000, maxBodyBytes: 2 * 1_048_576, intervalMs: 1_000 });
  });

  it('knows where its variables come from, and which are secret', () => {
    expect(whole.variables).toEqual({
      base: { kind: 'value', value: 'https://shop.example.com', secret: false },
      release: { kind: 'configMap', namespace: 'shop', name: 'web-config', key: 'VERSION', secret: false },
      password: { kind: 'secret', namespace: 'shop', name: 'web-login', key: 'password', secret: true },
      token: { kind: 'ssm', name: '/shop/smoke-token', secret: true },
      key: { kind: 'secretsManager', id: 'shop/api', key: 'key', secret: false },
      user: { kind: 'env', name: 'SMOKE_USER', secret: true },
      pin: { kind: 'value', value: '1234', secret: true },
      tenant: { kind: 'given', secret: false },
    });
  });

  it.each([
    ['p: { env: SMOKE_PASSWORD }', true],
    ['apiKey: { env: X }', true],
    ['shop-tokens: { given: true }', true],
    ['token: { given: true, secret: false }', false],
    ['tokenUrl: { env: TOKEN_URL }', false],
    ['p: { given: true, secret: true }', true],
  ])('takes what the environment or a caller gives for a secret by its name: %s', async (variable, secret) => {
    const { variables } = await readSuite(suiteText(['{ name: a, tcp: { host: x, port: 1 } }'], `variables: { ${variable} }\n`), {
      source: 's.yaml',
    });

    expect(Object.values(variables)).toMatchObject([{ secret }]);
  });

  it('has its defaults in every check, word by word', () => {
    expect(check('login').retry).toEqual({ attempts: 5, on: ['timeout', 'status'], backoffMs: 100, maxBackoffMs: 5_000, jitter: false });
    expect(check('form').retry.on).toEqual(['dns', 'connect', 'tls', 'timeout', '429', '5xx']);
    expect(check('login').probe).toMatchObject({
      headers: [
        ['X-Run', 'smoke'],
        ['accept', 'application/json'],
        ['X-Many', 'a'],
        ['X-Many', 'b'],
      ],
      tls: { insecure: false, serverName: '{{tenant}}', pin: 'abcdef00112233445566778899aabbccddeeff00112233445566778899aabbcc' },
    });
    expect(check('cert').probe).toEqual({
      kind: 'tls',
      host: 'shop.example.com',
      port: 443,
      tls: { insecure: false, serverName: '{{tenant}}' },
    });
  });

  it('depends on the checks whose captures it uses', () => {
    expect(whole.checks.map(({ name, dependsOn }) => [name, dependsOn]).filter(([, names]) => names!.length > 0)).toEqual([
      ['form', ['port']],
      ['query', ['login']],
      ['health', ['login']],
    ]);
  });

  it('asks the check of its identity as often as both want', () => {
    expect(check('login').successes).toBe(3);
  });

  it.each([
    ['form', 'POST', { kind: 'form', fields: [['a', 'b']] }],
    ['query', 'POST', { kind: 'graphql', query: '{ a }', variables: { k: '{{key}}' } }],
    ['signed', 'POST', { kind: 'text', text: 'x' }],
    [
      'parts',
      'POST',
      {
        kind: 'multipart',
        parts: [
          { name: 'a', content: { kind: 'text', text: '{{token}}' } },
          { name: 'f', content: { kind: 'base64', base64: 'aGk=' }, filename: 'f.txt', contentType: 'text/plain' },
        ],
      },
    ],
  ])('sends the body of %s by %s', (name, method, body) => {
    expect(check(name).probe).toMatchObject({ method, body });
  });

  it('is called by its file where it does not say', async () => {
    const text = suiteText(['{ name: a, tcp: { host: x, port: 1 } }']);

    expect(await readSuite(text, { source: 'suites/after-deploy.yml' })).toMatchObject({ name: 'after-deploy' });
    expect(await readSuite(text, { name: 'shop', source: 'x.yaml' })).toMatchObject({ name: 'shop' });
  });

  it('may be JSON', async () => {
    expect((await readSuite('{"version":1,"checks":[{"name":"a","tcp":{"host":"x","port":1}}]}')).checks).toHaveLength(1);
  });

  it('warns of a variable that nothing uses', async () => {
    const text = suiteText(['{ name: a, tcp: { host: x, port: 1 } }'], 'variables: { spare: x }\n');

    expect((await readSuite(text, { source: 's.yaml' })).warnings).toEqual(['s.yaml:2:14: variables.spare: is used by no check']);
    expect(whole.warnings).toEqual([]);
  });

  it('has a request of its own for its identity', async () => {
    const identity = 'identity: { http: { url: http://x/version }, assert: [{ body: { contains: "{{expected.version}}" } }] }\n';

    const suite = await readSuite(suiteText(['{ name: a, tcp: { host: x, port: 1 } }'], identity));

    expect(suite.identity).toEqual({ check: 'identity', successes: 3 });
    expect(suite.checks.at(-1)).toMatchObject({ name: 'identity', successes: 3, probe: { url: 'http://x/version' } });
  });
});

describe('what is meant without being written', () => {
  it.each([
    ['an answer of 2xx', '{ name: a, http: { url: http://x } }', ['status']],
    ['no more than the status that is', '{ name: a, http: { url: http://x }, assert: [{ status: 404 }] }', []],
    ['no other than that of a hop', '{ name: a, http: { url: http://x }, assert: [{ hop: { index: 0, status: true }, equals: 301 }] }', []],
    ['a certificate that is trusted', '{ name: a, tls: { host: x } }', ['certificate']],
    ['any certificate where it is insecure', '{ name: a, tls: { host: x, insecure: true } }', []],
    ['a name that has records', '{ name: a, dns: { name: x } }', ['code', 'records']],
    ['a name that is there', '{ name: a, dns: { name: x }, assert: [{ records: 192.0.2.1 }] }', ['code']],
    ['nothing of a name that is not', '{ name: a, dns: { name: x }, assert: [{ code: NXDOMAIN }] }', []],
    ['a server that serves', '{ name: a, grpc: { host: x, port: 1 } }', ['serving']],
    ['nothing of a port', '{ name: a, tcp: { host: x, port: 1 } }', []],
    ['a limit that degrades', '{ name: a, tcp: { host: x, port: 1 }, degradedOver: 1s }', ['latency']],
  ])('%s', async (_, text, kinds) => {
    const { assert } = await checkOf(text);

    expect(assert.filter(({ implied }) => implied).map(({ source }) => source.kind)).toEqual(kinds);
  });

  it.each([
    ['', 'nothing'],
    [', assert: [{ received: { contains: x } }]', 'first'],
    [', capture: { a: { regex: x } }', 'first'],
  ])('reading from a port only what is asked for%s', async (more, kind) => {
    expect((await checkOf(`{ name: a, tcp: { host: x, port: 1 }${more} }`)).probe).toMatchObject({ receive: { kind } });
  });
});

const http = (assertion: string): string =>
  suiteText([`name: a\n    http: { url: http://x }\n    assert:\n      - ${assertion.replaceAll('\n', '\n        ')}`]);
const checks = (...all: readonly string[]): string => suiteText(all);

describe('a mistake is told with its place and what to write', () => {
  it.each<[string, string, readonly string[]]>([
    ['no file', '', ['s:1:1: is empty']],
    ['no suite', '[]', ['s:1:1: must be a section of words with values']],
    ['another version', 'version: 2\nchecks: [{ name: a, tcp: { host: x, port: 1 } }]', ['s:1:1: version: must be 1']],
    ['no check', 'version: 1\nchecks: []', ['s:2:1: checks: must have at least 1']],
    [
      'an amount without unit',
      checks('{ name: a, tcp: { host: x, port: 1 }, timeout: 10 }'),
      ['s:3:43: checks[0].timeout: say the unit: 10ms or 10s'],
    ],
    [
      'a body that no function could hold',
      checks('{ name: a, tcp: { host: x, port: 1 }, maxBody: 900MiB }'),
      ['s:3:43: checks[0].maxBody: must be 32MiB at most: bodies are held in memory'],
    ],
    ['a size without unit', http('size: { atMost: 10 }'), ['s:6:17: checks[0].assert[0].size.atMost: say the unit: 10B, 10KiB or 10MiB']],
    ['an unknown word', checks('{ name: a, htpp: { url: x } }'), ['s:3:16: checks[0].htpp: unknown word; did you mean http?']],
    [
      'two probes',
      checks('{ name: a, tcp: { host: x, port: 1 }, dns: { name: x } }'),
      ['s:3:5: checks[0]: must do one thing: http, tcp, tls, dns, grpc'],
    ],
    ['an unknown assertion', http('stauts: 200'), ['s:6:9: checks[0].assert[0].stauts: unknown word; did you mean status?']],
    ['an unknown operator', http('jsonPath: $\ncuont: 2'), ['s:7:9: checks[0].assert[0].cuont: unknown word; did you mean count?']],
    [
      'an unknown operator inside',
      http('body: { contain: x }'),
      ['s:6:17: checks[0].assert[0].body.contain: unknown word; did you mean contains?'],
    ],
    ['no operator', http('jsonPath: $.a'), ['s:6:9: checks[0].assert[0]: must say one thing of it, such as `equals: ...` beside it']],
    [
      'two operators',
      http('header: a\nequals: x\ncontains: x'),
      ['s:6:9: checks[0].assert[0]: must say one thing of it, such as `equals: ...` beside it'],
    ],
    ['a number for a text', http('header: a\nequals: 1.20'), ['s:7:9: checks[0].assert[0].equals: must be text; put it in quotes: "1.20"']],
    ['a status of nowhere', http('status: "2x"'), ['s:6:9: checks[0].assert[0].status: must be a status such as 200, 2xx or 200-204']],
    ['what another answer has', http('received: x'), ['s:6:9: checks[0].assert[0].received: is not in the answer of http, but of tcp']],
    [
      'what is not read',
      checks('{ name: a, tcp: { host: x, port: 1, receive: nothing }, assert: [{ received: x }] }'),
      ['s:3:72: checks[0].assert[0].received: asks for what `receive: nothing` does not read'],
    ],
    [
      'a path that is none',
      http('jsonPath: $.a[\nexists: true'),
      [expect.stringMatching(/^s:6:9: checks\[0\]\.assert\[0\]\.jsonPath: is no path of RFC 9535: /)] as unknown as string[],
    ],
    [
      'an XPath that is none',
      http('xpath: count(\nequals: x'),
      [expect.stringMatching(/^s:6:9: checks\[0\]\.assert\[0\]\.xpath: is no expression of XPath 1\.0: /)] as unknown as string[],
    ],
    [
      'a pattern that is none',
      http('regex: (\nexists: true'),
      [expect.stringMatching(/regex: is no regular expression: /)] as unknown as string[],
    ],
    [
      'two bodies',
      checks('{ name: a, http: { url: x, body: x, json: 1 } }'),
      ['s:3:16: checks[0].http: may have one body: body, bodyBase64, json, form, multipart, graphql'],
    ],
    [
      'an unknown source',
      suiteText(['{ name: a, tcp: { host: x, port: 1 } }'], 'variables: { p: { from: vault x } }\n'),
      ['s:2:19: variables.p.from: must be configMap NAMESPACE/NAME#KEY, secret NAMESPACE/NAME#KEY, ssm /NAME or secretsManager NAME#KEY'],
    ],
    ['what JSON cannot hold', http('jsonPath: $\nequals: .nan'), ['s:7:9: checks[0].assert[0].equals: must be a value that JSON can hold']],
    [
      'a word said twice',
      'version: 1\nversion: 1\nchecks: [{ name: a, tcp: { host: x, port: 1 } }]',
      ['s:2:1: version: is said twice (first in line 1)'],
    ],
  ])('%s', async (_, text, problems) => {
    expect(await problemsIn(text)).toEqual(problems);
  });

  it('and all of them together, in the order of the file', async () => {
    const text = suiteText(['{ name: a, tcp: { host: x, prt: 1 } }', '{ name: b, dns: { nme: x } }'], 'deadline: 5\n');

    expect((await problemsIn(text)).map((line) => line.replace(/: [^:]*$/, ''))).toEqual([
      's:2:1: deadline: say the unit',
      's:4:16: checks[0].tcp.port',
      's:4:32: checks[0].tcp.prt',
      's:5:16: checks[1].dns.name: is missing',
      's:5:23: checks[1].dns.nme',
    ]);
  });

  it('and not more than people read', async () => {
    const lines = await problemsIn(`version: 1\nchecks: [\n${'  { a: ] },\n'.repeat(100)}`);

    expect(lines).toHaveLength(26);
    expect(lines.at(-1)).toMatch(/^and \d+ more$/);
  });
});

const tcp = (name: string, more = ''): string => `{ name: ${name}, tcp: { host: x, port: 1 }${more} }`;
const get = (name: string, path: string, more = ''): string => `{ name: ${name}, http: { url: "http://x/${path}" }${more} }`;

describe('what does not fit together', () => {
  it.each<[string, string, readonly string[]]>([
    ['two checks of one name', checks(tcp('a'), tcp('a')), ['s:4:7: checks[1].name: checks[0] has this name already']],
    [
      'a check that is not there',
      checks(tcp('port'), tcp('b', ', dependsOn: [prot]')),
      ['s:4:55: checks[1].dependsOn[0]: no check is called prot; did you mean port?'],
    ],
    [
      'a check that waits for itself',
      checks(tcp('a', ', dependsOn: [a]')),
      ['s:3:43: checks[0].dependsOn: goes round in a circle: a needs a'],
    ],
    [
      'a circle',
      checks(tcp('a', ', dependsOn: [c]'), tcp('b', ', dependsOn: [a]'), tcp('c', ', dependsOn: [b]')),
      ['s:3:43: checks[0].dependsOn: goes round in a circle: a needs c needs b needs a'],
    ],
    [
      'a circle of captures',
      checks(get('a', '{{y}}', ', capture: { x: { status: true } }'), get('b', '{{x}}', ', capture: { y: { status: true } }')),
      ['s:3:5: checks[0].dependsOn: goes round in a circle: a needs b needs a'],
    ],
    [
      'a capture that its own check uses',
      checks(get('a', '{{x}}', ', capture: { x: { status: true } }')),
      ['s:3:5: checks[0]: uses {{x}}, which it captures itself from an answer that it has yet to get'],
    ],
    [
      'a capture of two',
      checks(get('a', '', ', capture: { x: { status: true } }'), get('b', '', ', capture: { x: { status: true } }')),
      ['s:4:55: checks[1].capture.x: is captured by the check a already'],
    ],
    [
      'an unknown name',
      suiteText([get('a', '{{bas}}/{{base}}')], 'variables: { base: x }\n'),
      ['s:4:24: checks[0].http.url: {{bas}} is neither a variable nor captured by a check; did you mean base?'],
    ],
    [
      'a name of ours',
      checks(get('a', '{{expected.verison}}')),
      ['s:3:24: checks[0].http.url: {{expected.verison}} is neither a variable nor captured by a check; did you mean expected.version?'],
    ],
    [
      'a variable that is captured',
      suiteText([get('a', '', ', capture: { v: { status: true } }'), get('b', '{{v}}')], 'variables: { v: x }\n'),
      ['s:2:14: variables.v: is captured by a check too; call one of them otherwise'],
    ],
    [
      'an identity that is not there',
      `${checks(tcp('version'))}identity: { check: versoin }\n`,
      ['s:4:13: identity.check: no check is called versoin'],
    ],
    [
      'braces without a name',
      checks(get('a', '{{}}')),
      ['s:3:24: checks[0].http.url: has {{ without a name and }} behind it; two braces are written {{{{'],
    ],
    [
      'a name in a path',
      suiteText([get('a', '{{v}}', ', assert: [{ jsonPath: "$.{{v}}", exists: true }]')], 'variables: { v: x }\n'),
      ['s:4:60: checks[0].assert[0].jsonPath: no {{v}} may stand here: what it stands for would change what is asked'],
    ],
    [
      'a name in a field',
      suiteText(['{ name: a, http: { url: "http://{{v}}", json: { "{{v}}": 1 } } }'], 'variables: { v: x }\n'),
      ['s:4:53: checks[0].http.json.{{v}}: no {{name}} may stand in a name; it is taken for values alone'],
    ],
  ])('%s', async (_, text, problems) => {
    expect(await problemsIn(text)).toEqual(problems);
  });

  it('lets a check use what a later one captures: the order of the file is that of the report', async () => {
    const text = checks(get('b', '{{x}}'), get('a', '', ', capture: { x: { status: true } }'));

    expect((await readSuite(text)).checks[0]).toMatchObject({ name: 'b', dependsOn: ['a'] });
  });
});
