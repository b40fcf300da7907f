// biome-ignore-all lint/suspicious/noTemplateCurlyInString: how CloudWatch writes its references.
import { describe, expect, it } from 'vitest';
import { readSuite } from '../../../../../lib/smoke/suite/read-suite.ts';
import type { Check, Suite } from '../../../../../lib/smoke/suite/suite.ts';
import { problemsIn } from '../suites.ts';

type Step = Readonly<Record<string, unknown>>;

const textOf = (steps: readonly Step[], more: Step = {}): string =>
  JSON.stringify({
    ...more,
    steps: Object.fromEntries(steps.map((step, index) => [String(index + 1), { stepName: `step${index + 1}`, ...step }])),
  });
const read = (steps: readonly Step[], more: Step = {}): Promise<Suite> => readSuite(textOf(steps, more), { source: 'canary.json' });
const check = async (step: Step): Promise<Check> => (await read([step])).checks.at(-1)!;

const HTTP = { checkerType: 'HTTP', url: 'https://api.example.com/health', httpMethod: 'GET' };
const DNS = { checkerType: 'DNS', domain: 'api.example.com' };
const SSL = { checkerType: 'SSL', hostname: 'api.example.com' };
const TCP = { checkerType: 'TCP', hostname: 'db.example.com', port: 3306 };

describe('a configuration of CloudWatch multi checks', () => {
  it('is a suite whose steps run one after the other', async () => {
    const suite = await read([HTTP, DNS, SSL, TCP]);

    expect(suite).toMatchObject({ name: 'canary', deadlineMs: 120_000 });
    expect(
      suite.checks.map(({ name, probe, dependsOn, timeoutMs, maxBodyBytes }) => [name, probe.kind, dependsOn, timeoutMs, maxBodyBytes]),
    ).toEqual([
      ['step1', 'http', [], 30_000, 1_000_000],
      ['step2', 'dns', ['step1'], 30_000, 1_000_000],
      ['step3', 'tls', ['step2'], 30_000, 1_000_000],
      ['step4', 'tcp', ['step3'], 30_000, 1_000_000],
    ]);
  });

  it('runs its steps by their numbers', async () => {
    const steps = Object.fromEntries(['10', '2', '1'].map((key) => [key, { ...DNS, stepName: `s${key}` }]));

    const { checks } = await readSuite(JSON.stringify({ steps }));

    expect(checks.map(({ name }) => name)).toEqual(['s1', 's2', 's10']);
  });

  it('has the timeouts of its steps, as numbers or from variables', async () => {
    const suite = await read([{ ...HTTP, timeout: '${patience}' }, HTTP], {
      globalSettings: { stepTimeout: 60_000, userAgent: 'canary/1' },
      variables: { patience: '7000' },
    });

    expect(suite.checks.map(({ timeoutMs }) => timeoutMs)).toEqual([7_000, 60_000]);
    expect(suite.checks[0]!.probe).toMatchObject({ headers: [['user-agent', 'canary/1']] });
  });

  it('takes variables and secrets by their names', async () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-AbCdEf';
    const suite = await read(
      [
        {
          ...HTTP,
          url: '${baseUrl}/v1',
          headers: { Authorization: 'Bearer ${apiKey}', 'X-A': `\${AWS_SECRET:${arn}:key}`, 'X-B': `\${AWS_SECRET:${arn}:key}` },
          httpMethod: 'POST',
          body: '{"a":{{"b":"${AWS_SECRET:plain}"}}',
        },
      ],
      { variables: { baseUrl: 'https://api.example.com', apiKey: '${AWS_SECRET:my-api-key}' } },
    );

    expect(suite.variables).toEqual({
      baseUrl: { kind: 'value', value: 'https://api.example.com', secret: false },
      apiKey: { kind: 'secretsManager', id: 'my-api-key', secret: true },
      secret1: { kind: 'secretsManager', id: arn, key: 'key', secret: true },
      secret2: { kind: 'secretsManager', id: 'plain', secret: true },
    });
    expect(suite.checks[0]!.probe).toMatchObject({
      url: '{{baseUrl}}/v1',
      headers: [
        ['Authorization', 'Bearer {{apiKey}}'],
        ['X-A', '{{secret1}}'],
        ['X-B', '{{secret1}}'],
      ],
      body: { kind: 'text', text: '{"a":{{{{"b":"{{secret2}}"}}' },
      followRedirects: 10,
    });
  });
});

describe('who a step is', () => {
  it.each([
    [{ type: 'NONE' }, undefined, []],
    [{ type: 'BASIC', username: 'a', password: '${AWS_SECRET:s:p}' }, { kind: 'basic', username: 'a', password: '{{secret1}}' }, []],
    [{ type: 'API_KEY', apiKey: 'k' }, undefined, [['X-API-Key', 'k']]],
    [{ type: 'API_KEY', apiKey: 'k', headerName: 'Authorization' }, undefined, [['Authorization', 'k']]],
    [
      { type: 'SIGV4', service: 'execute-api', region: 'eu-central-1' },
      { kind: 'sigv4', service: 'execute-api', region: 'eu-central-1' },
      [],
    ],
  ])('%j', async (authentication, auth, headers) => {
    const { probe } = await check({ ...HTTP, authentication });

    expect(probe).toMatchObject({ headers });
    expect(probe.kind === 'http' && probe.auth).toEqual(auth);
  });

  it.each([
    [undefined, { kind: 'basic', username: '{{secret1}}', password: '{{secret2}}' }, []],
    [
      ['REQUEST_BODY'],
      undefined,
      [
        ['client_id', '{{secret1}}'],
        ['client_secret', '{{secret2}}'],
      ],
    ],
  ])('by OAuth, with a check before it that fetches the token: %j', async (tokenApiAuth, auth, fields) => {
    const authentication = {
      type: 'OAUTH_CLIENT_CREDENTIALS',
      tokenUrl: 'https://auth.example.com/token',
      clientId: '${AWS_SECRET:oauth:id}',
      clientSecret: '${AWS_SECRET:oauth:secret}',
      scope: 'read write',
      ...(tokenApiAuth && { tokenApiAuth }),
    };

    const [token, step] = (await read([{ ...HTTP, authentication }])).checks;

    expect(token).toMatchObject({
      name: 'step1-token',
      probe: {
        method: 'POST',
        url: 'https://auth.example.com/token',
        body: { kind: 'form', fields: [['grant_type', 'client_credentials'], ['scope', 'read write'], ...fields] },
      },
      capture: { 'step1-token': { source: { kind: 'jsonPath', path: '$.access_token' }, secret: true } },
    });
    expect(token!.probe.kind === 'http' && token!.probe.auth).toEqual(auth);
    expect(step).toMatchObject({ probe: { auth: { kind: 'bearer', token: '{{step1-token}}' } }, dependsOn: ['step1-token'] });
  });

  it('warns of a role that is not assumed', async () => {
    const authentication = { type: 'SIGV4', service: 'execute-api', region: 'eu-central-1', roleArn: 'arn:aws:iam::111122223333:role/x' };

    expect((await read([{ ...HTTP, authentication }])).warnings).toEqual([
      expect.stringMatching(/^canary\.json:1:\d+: steps\.1\.authentication\.roleArn: is not assumed/),
    ]);
  });
});

const status = (ranges: readonly (readonly [number, number])[], not = false) => ({
  source: { kind: 'status' },
  predicate: { operator: 'status', ranges, not },
});
const asked = (kind: string, more: object, predicate: object) => ({ source: { kind, ...more }, predicate });

describe('what a step asks', () => {
  it.each<[Step, Step, readonly object[]]>([
    [HTTP, { type: 'STATUS_CODE', operator: 'EQUALS', value: 201 }, [status([[201, 201]])]],
    [HTTP, { type: 'STATUS_CODE', operator: 'NOT_EQUALS', value: 500 }, [status([[500, 500]], true)]],
    [HTTP, { type: 'STATUS_CODE', operator: 'GREATER_THAN', value: 199 }, [status([[200, 599]])]],
    [HTTP, { type: 'STATUS_CODE', operator: 'LESS_THAN', value: 400 }, [status([[100, 399]])]],
    [HTTP, { type: 'STATUS_CODE', operator: 'IN_RANGE', rangeMin: 200, rangeMax: 204 }, [status([[200, 204]])]],
    [
      HTTP,
      { type: 'RESPONSE_TIME', operator: 'LESS_THAN', value: 500, unit: 'MILLISECONDS' },
      [asked('latency', {}, { operator: 'atMost', value: 500 })],
    ],
    [
      HTTP,
      { type: 'HEADER', headerName: 'X-A', operator: 'CONTAINS', value: 'json' },
      [asked('header', { name: 'X-A' }, { operator: 'contains', value: 'json' })],
    ],
    [
      HTTP,
      { type: 'HEADER', headerName: 'X-A', operator: 'REGEX_MATCH', value: 'a{2}' },
      [asked('header', { name: 'X-A' }, { operator: 'matches', text: 'a{2}' })],
    ],
    [
      HTTP,
      { type: 'HEADER', headerName: 'X-A', operator: 'EXIST', value: false },
      [asked('header', { name: 'X-A' }, { operator: 'exists', value: false })],
    ],
    [
      HTTP,
      { type: 'BODY', path: '$.name', operator: 'EQUALS', value: 'Ann' },
      [asked('jsonPath', { path: '$.name' }, { operator: 'in', values: ['Ann'] })],
    ],
    [
      HTTP,
      { type: 'BODY', target: 'JSON', path: '$.n', operator: 'EQUALS', value: '30' },
      [asked('jsonPath', { path: '$.n' }, { operator: 'in', values: ['30', 30] })],
    ],
    [
      HTTP,
      { type: 'BODY', path: '$.ok', operator: 'NOT_EQUALS', value: 'false' },
      [
        asked('jsonPath', { path: '$.ok' }, { operator: 'notEquals', value: 'false' }),
        asked('jsonPath', { path: '$.ok' }, { operator: 'notEquals', value: false }),
      ],
    ],
    [
      HTTP,
      { type: 'BODY', path: '$.a', operator: 'EXISTS', value: true },
      [asked('jsonPath', { path: '$.a' }, { operator: 'exists', value: true })],
    ],
    [
      HTTP,
      { type: 'BODY', target: 'TEXT', operator: 'NOT_CONTAINS', value: 'error' },
      [asked('body', {}, { operator: 'notContains', value: 'error' })],
    ],
    [HTTP, { type: 'BODY', target: 'TEXT', operator: 'EXISTS', value: true }, [asked('size', {}, { operator: 'atLeast', value: 1 })]],
    [
      DNS,
      { type: 'RECORD_VALUE', operator: 'EQUALS', value: '192.0.2.1' },
      [asked('records', {}, { operator: 'contains', value: '192.0.2.1' })],
    ],
    [DNS, { type: 'RECORD_VALUE', operator: 'CONTAINS', value: '192.0' }, [asked('records', {}, { operator: 'matches', text: '192\\.0' })]],
    [
      DNS,
      { type: 'RECORD_COUNT', operator: 'GREATER_THAN', value: 1 },
      [asked('records', {}, { operator: 'count', test: { operator: 'greaterThan', value: 1 } })],
    ],
    [
      SSL,
      { type: 'CERTIFICATE_EXPIRY', operator: 'GREATER_THAN', value: 48, unit: 'HOURS' },
      [asked('certificate', { field: 'daysLeft' }, { operator: 'greaterThan', value: 2 })],
    ],
    [
      TCP,
      { type: 'RESPONSE_DATA', operator: 'STARTS_WITH', value: '220' },
      [asked('received', {}, { operator: 'startsWith', text: '220' })],
    ],
    [TCP, { type: 'CONNECTION_SUCCESSFUL', value: true }, []],
  ])('%j: %j', async (step, assertion, expected) => {
    const { assert } = await check({ ...step, assertions: [assertion] });

    expect(assert.filter(({ implied }) => !implied)).toEqual(expected);
  });

  it.each([
    ['CN', 'shop.example.com', 'C=DE, O=Shop, CN=shop.example.com', true],
    ['CN', 'shop.example.com', 'CN=shop.example.com', true],
    ['CN', 'shop.example.com', 'CN=shop.example.com.evil', false],
    ['O', 'Shop', 'CN=Shop, O=Other', false],
  ])('a field of a name: %s %s of %s', async (field, value, subject, holds) => {
    const { assert } = await check({ ...SSL, assertions: [{ type: 'CERTIFICATE_SUBJECT', field, operator: 'EQUALS', value }] });

    const { predicate } = assert[0]!;

    expect(predicate.operator === 'matches' && new RegExp(predicate.text).test(subject)).toBe(holds);
  });

  it('with what it expects of a port', async () => {
    expect(await check({ ...TCP, sendData: '0a 0B', encoding: 'HEX' })).toMatchObject({
      probe: { send: { kind: 'base64', base64: 'Cgs=' } },
    });
    expect(await check({ ...TCP, sendData: 'ping', expectedResponse: 'pong' })).toMatchObject({
      probe: { send: { kind: 'text', text: 'ping' }, receive: { kind: 'until', text: 'pong' } },
      assert: [{ source: { kind: 'received' }, predicate: { operator: 'contains', value: 'pong' } }],
    });
  });

  it('of whom it asks', async () => {
    expect((await check({ ...DNS, recordType: 'MX', nameserver: '8.8.8.8', port: 5353 })).probe).toEqual({
      kind: 'dns',
      name: 'api.example.com',
      type: 'MX',
      server: '8.8.8.8:5353',
    });
    expect((await check({ ...SSL, port: 8443, allowSelfSigned: true })).probe).toMatchObject({ port: 8443, tls: { insecure: true } });
  });
});

describe('what a step takes along', () => {
  it.each([
    [{ path: '$.user.id' }, { kind: 'jsonPath', path: '$.user.id' }],
    [
      { regex: 'id=(\\d+)', regexGroup: 1 },
      { kind: 'regex', pattern: 'id=(\\d+)' },
    ],
    [{ regex: 'id=(\\d+)' }, { kind: 'regex', pattern: '(id=(\\d+))' }],
    [{}, { kind: 'body' }],
  ])('%j', async (extractor, source) => {
    const suite = await read([
      { ...HTTP, extractors: [{ name: 'x', type: 'BODY', ...extractor }] },
      { ...HTTP, url: 'https://api.example.com/${x}' },
    ]);

    expect(suite.checks[0]!.capture).toEqual({ x: { source, secret: false } });
    expect(suite.checks[1]).toMatchObject({ probe: { url: 'https://api.example.com/{{x}}' }, dependsOn: ['step1'] });
  });
});

describe('what a suite has no words for', () => {
  const only = (step: Step) => problemsIn(JSON.stringify({ steps: { 1: { stepName: 'a', ...step } } }, null, 1));

  it.each<[Step, string]>([
    [{ ...HTTP, waitTime: 3 }, 'steps.1.waitTime: has no counterpart'],
    [
      { ...HTTP, assertions: [{ type: 'RESPONSE_TIME', operator: 'EQUALS', value: 3 }] },
      'steps.1.assertions[0]: RESPONSE_TIME can be LESS_THAN alone',
    ],
    [
      { ...HTTP, assertions: [{ type: 'STATUS_CODE', operator: 'IN_RANGE', value: 200 }] },
      'steps.1.assertions[0]: IN_RANGE needs rangeMin and rangeMax',
    ],
    [{ ...HTTP, assertions: [{ type: 'BODY', operator: 'EQUALS', value: 'x' }] }, 'steps.1.assertions[0]: the target JSON needs a path'],
    [{ ...HTTP, extractors: [{ name: 'x', type: 'BODY', regex: 'a', regexGroup: 2 }] }, 'steps.1.extractors[0].regexGroup: can be 0 or 1'],
    [{ ...HTTP, extractors: [{ name: 'x', type: 'BODY', regex: 'a', path: '$' }] }, 'steps.1.extractors[0]: has a path and a regex'],
    [
      { ...HTTP, assertions: [{ type: 'BODY', path: '$.a[', operator: 'EXISTS', value: true }] },
      'steps.1: jsonPath: is no path of RFC 9535',
    ],
    [{ ...HTTP, url: '${nowhere}/x' }, 'steps.1: url: {{nowhere}} is neither a variable nor captured by a check'],
    [{ ...HTTP, httpMethod: 'TRACE' }, 'steps.1.httpMethod: must be one of GET, POST'],
    [{ ...HTTP, checkerType: 'ICMP' }, 'steps.1.checkerType: must be one of HTTP, DNS, SSL, TCP'],
    [{ ...DNS, assertions: [{ type: 'TTL', operator: 'EQUALS', value: 3 }] }, 'steps.1.assertions[0]: TTL has no counterpart'],
    [{ ...DNS, assertions: [{ type: 'AUTHORITATIVE', value: true }] }, 'steps.1.assertions[0]: AUTHORITATIVE has no counterpart'],
    [
      { ...DNS, assertions: [{ type: 'RECORD_VALUE', operator: 'NOT_CONTAINS', value: 'x' }] },
      'steps.1.assertions[0]: RECORD_VALUE NOT_CONTAINS has no counterpart',
    ],
    [{ ...DNS, protocol: 'TCP' }, 'steps.1.protocol: can be UDP alone'],
    [{ ...DNS, port: 53 }, 'steps.1.port: needs a nameserver'],
    [{ ...SSL, sni: false }, 'steps.1.sni: cannot be left out'],
    [{ ...SSL, verifyHostname: false }, 'steps.1.verifyHostname: cannot be false alone'],
    [
      { ...SSL, assertions: [{ type: 'CERTIFICATE_ISSUER', field: 'O', operator: 'REGEX_MATCH', value: 'x' }] },
      'steps.1.assertions[0]: CERTIFICATE_ISSUER REGEX_MATCH has no counterpart',
    ],
    [
      { ...TCP, assertions: [{ type: 'CONNECTION_SUCCESSFUL', value: false }] },
      'steps.1.assertions[0]: CONNECTION_SUCCESSFUL: false has no counterpart',
    ],
    [{ ...TCP, expectedResponse: '00', encoding: 'HEX' }, 'steps.1.expectedResponse: in HEX has no counterpart'],
    [{ ...TCP, retries: 3 }, 'steps.1.retries: unknown word'],
  ])('is refused where it is written: %j', async (step, problem) => {
    const problems = await only(step);

    expect(problems).toEqual([expect.stringMatching(/^s:\d+:\d+: /)]);
    expect(problems[0]).toContain(problem);
  });

  it('is warned of where it makes little difference', async () => {
    expect((await read([{ ...TCP, connectionTimeout: 5_000, readTimeout: 2_000 }])).warnings).toHaveLength(2);
  });

  it.each([
    ['no step', { steps: {} }, 'steps: must be one at least'],
    ['an eleventh step', { steps: { 11: { ...DNS, stepName: 'a' } } }, 'steps.11: must be a number from 1 to 10'],
    ['a word of nobody', { steps: { 1: { ...DNS, stepName: 'a' } }, schedule: 'rate(1 minute)' }, 'schedule: unknown word'],
    [
      'a variable of another',
      { variables: { a: 'x', b: '${a}/y' }, steps: { 1: { ...DNS, stepName: 'a', domain: '${b}${a}' } } },
      'variables.b: has a reference',
    ],
  ])('%s', async (_, value, problem) => {
    expect((await problemsIn(JSON.stringify(value))).join('\n')).toContain(problem);
  });
});
