import { inspect } from 'node:util';
import { AxiosError, AxiosHeaders } from 'axios';
import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../../../lib/platform/redact.ts';
import { Secret } from '../../../lib/platform/secret.ts';

// Put together from halves, so that no scanner takes this file for a leak.
const planted = {
  eksToken: `k8s-aws-v1.${'aHR0cHM6Ly9zdHMuZXUtd2VzdC0xLmFtYXpvbmF3cy5jb20'}`,
  jwt: `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiJzeXN0ZW0ifQ'}.c2lnbmF0dXJlLWJ5dGVz`,
  bearer: `dGhpcy1pcy1h${'LWJlYXJlcg=='}`,
  slack: `https://hooks.slack.com/services/T000/B000/${'XXXXsecretXXXX'}`,
  slackBot: `xoxb-${'123456789012-abcdefABCDEF'}`,
  github: `ghp_${'0123456789abcdefABCDEF0123456789abcd'}`,
  accessKey: `AKIA${'IOSFODNN7EXAMPLE'}`,
  secretKey: `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`,
  sessionToken: `IQoJb3JpZ2luX2Vj${'EXAMPLEexampleEXAMPLEexampleEXAMPLEexample//////////'}`,
  signature: 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024',
};

const texts: readonly (readonly [what: string, text: string, secret: string])[] = [
  ['an EKS token', `token ${planted.eksToken} rejected`, planted.eksToken],
  ['a bearer token', `sent bearer ${planted.bearer}`, planted.bearer],
  ['an Authorization header', `Authorization: Basic ${planted.bearer}`, planted.bearer],
  ['an Authorization header in JSON', `{"authorization":"token ${planted.github}"}`, planted.github],
  ['a SigV4 Authorization header', `authorization: AWS4-HMAC-SHA256 Signature=${planted.signature}`, planted.signature],
  ['the signature of a presigned URL', `https://b.s3.amazonaws.com/k?X-Amz-Signature=${planted.signature}&x=1`, planted.signature],
  ['the session token of a presigned URL', `https://b/k?X-Amz-Security-Token=${planted.sessionToken}`, planted.sessionToken],
  ['the credential of a presigned URL', `https://b/k?X-Amz-Credential=${planted.accessKey}%2F20260330`, planted.accessKey],
  ['a Slack webhook', `POST ${planted.slack} failed`, planted.slack.slice(24)],
  ['a Slack token', `using ${planted.slackBot}`, planted.slackBot],
  ['a GitHub token', `git clone https://x:${planted.github}@github.com/a/b`, planted.github],
  ['a password in a URL', 'https://jenkins:hunter2@ci.example.com/job', 'hunter2'],
  ['an access key id', `key ${planted.accessKey}`, planted.accessKey],
  ['a secret key in an ini file', `aws_secret_access_key = ${planted.secretKey}`, planted.secretKey],
  ['a secret key in JSON', `{"SecretAccessKey":"${planted.secretKey}"}`, planted.secretKey],
  ['a session token on its own', `got ${planted.sessionToken}`, planted.sessionToken],
  ['a service account token', `user token ${planted.jwt}`, planted.jwt],
  ['a token in a query', 'https://ci.example.com/build?token=hunter2&x=1', 'hunter2'],
  ['Basic credentials without their header', `sent Basic ${'dXNlcjpwYXNzd29yZA=='}`, 'dXNlcjpw'],
  ['a cookie', 'Set-Cookie: sid=hunter2; Path=/', 'hunter2'],
  ['a vendor header', 'X-Vault-Token: hunter2', 'hunter2'],
  ['a token of a kubeconfig', 'user: {}\n  token: hunter2hunter2hunter2', 'hunter2'],
  ['a client key of a kubeconfig', `client-key-data: ${'LS0tLS1CRUdJTg'}`, 'LS0tLS1'],
  ['a refresh token in JSON', '{"refresh-token":"hunter2"}', 'hunter2'],
  ['a refresh token in a form', 'refresh_token=hunter2&client_id=x', 'hunter2'],
  ['a password with an @ in a URL', 'https://user:hun@ter2@proxy.example.com/x', 'ter2'],
  ['an argument of a command', 'Command failed: login --client-secret hunter2 --debug', 'hunter2'],
  ['an argument with an equals sign', 'Command failed: login --token=hunter2', 'hunter2'],
  ['the signature of an encoded presigned URL', 'https%3A%2F%2Fsts%3FX-Amz-Signature%3Dhunter2%26x%3D1', 'hunter2'],
  ['the signature of one that was encoded twice', 'u=https%253A%252F%252Fsts%253FX-Amz-Signature%253Dhunter2', 'hunter2'],
  ['a token in an encoded query', 'redirect=https%3A%2F%2Fci%2Fbuild%3Ftoken%3Dhunter2%26x%3D1', 'hunter2'],
  ['a token in prose', 'sent token=hunter, was refused', 'hunter'],
  ['a long token in prose', 'token=abcdef0123456789abcdef', 'abcdef'],
  ['an API key', 'api_key=hunter', 'hunter'],
  ['an API key after a colon', 'apikey: hunter', 'hunter'],
  ['a password', 'password=hunter', 'hunter'],
  ['a password in an ini file', 'password = hunter', 'hunter'],
  ['a setting that ends in a secret word', 'JENKINS_API_TOKEN=hunter; next', 'hunter'],
  ['a setting in camel case', 'clientSecret="hunter"', 'hunter'],
  ['a secret after a colon', 'secret: hunter2hunter2', 'hunter2'],
  ['a secret of letters after a colon', 'webhook_secret: abcdefghijklmnopq', 'abcdef'],
  ['a short token after a colon', 'token: abc123', 'abc123'],
  ['the password of a database URL', 'cannot connect to postgres://app:hunter2@db:5432/shop', 'hunter2'],
  ['the password of a URL without a user', 'redis://:hunter2@cache', 'hunter2'],
  ['a token as the user of a URL', 'git clone https://hunter2@github.com/a/b', 'hunter2'],
  ['a GitLab token', `using glpat-${'abcdefghijklmnopqrst'}`, 'abcdefghij'],
  ['a Google access token', `using ya29.${'a0AfH6SMabcdef'}`, 'a0AfH6SM'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----', 'MIIEow'],
  ['a private key that was cut off', '-----BEGIN PRIVATE KEY-----\nMIIEow', 'MIIEow'],
];

describe('redactText', () => {
  it.each(texts)('hides %s', (_, text, secret) => {
    const clean = redactText(text);

    expect(clean).not.toContain(secret);
    expect(clean).toContain('[redacted]');
  });

  it.each([
    'deployment payments/api scaled from 3 to 0',
    'secret payments/db-credentials not found',
    'token expired: sign in again',
    'Unexpected token: identifier',
    'Basic authentication is not supported',
    'the x-key is down',
    'https://B1A2.gr7.eu-west-1.eks.amazonaws.com/apis/apps/v1/deployments?limit=500&continue=abc',
    'arn:aws:iam::123456789012:role/nightshift',
    'sha256:fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024',
    's3://state/runs/20260330T230000Z-ab12cd.json',
    'secret: not found',
    'secret: payments/db-credentials',
    'wrong token: identifier expected',
    'secret "db-credentials-2" not found',
    'secretName=db-credentials-2',
    'imagePullSecrets: regcred',
    'automountServiceAccountToken=false',
    'automountServiceAccountToken: false',
    'expirationSeconds=3600, tokens=3',
    'token=, password=',
    '--token-file=/var/run/token',
    'token_type: Bearer, expires_in: 3600',
    'key=value, apiVersion=v1',
    'ssh://git@github.com/a/b',
    'postgres://app@db:5432/shop',
    'ghcr.io/a/b:1.2@sha256:fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024',
    'X-Amz-Expires=60&X-Amz-SignedHeaders=host',
    'https%3A%2F%2Fsts%3FX-Amz-Expires%3D60',
  ])('leaves %j alone', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('keeps what is around a secret readable', () => {
    expect(redactText('GET https://b/k?X-Amz-Expires=60&X-Amz-Signature=abc123&x=1 gave 403')).toBe(
      'GET https://b/k?X-Amz-Expires=60&X-Amz-Signature=[redacted]&x=1 gave 403',
    );
  });

  it('cuts a text that no log line could bear, and says so', () => {
    const clean = redactText('x'.repeat(1_000_000));

    expect(clean.length).toBeLessThan(10_100);
    expect(clean).toMatch(/ \(990000 more characters\)$/);
  });

  it('is fast on hostile input', () => {
    const started = performance.now();

    for (const unit of [
      'a:',
      'https://',
      'Bearer ',
      '-----BEGIN ',
      'eyJ',
      'token=',
      'secret: ',
      'api_key',
      '%2526',
      'X-Amz-Signature%3D',
      'a-secret_',
      'https://a',
      'authorization:',
      '@',
      ' ',
    ]) {
      redactText(unit.repeat(20_000));
    }

    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('redact', () => {
  it('finds none of the planted secrets in a nested value of every kind', () => {
    const error = new Error(`fetch failed with ${planted.eksToken}`, {
      cause: new AggregateError([new Error(planted.slack), { headers: { Cookie: 'session=abc-planted' } }], planted.jwt),
    });
    const value = {
      request: { headers: { Authorization: `Bearer ${planted.bearer}`, 'x-amz-security-token': planted.sessionToken } },
      list: [[`?X-Amz-Signature=${planted.signature}`], new Map([['password', 'hunter2']]), new Set([planted.accessKey])],
      credentials: { accessKeyId: planted.accessKey, secretAccessKey: planted.secretKey },
      url: new URL(planted.slack),
      wrapped: new Secret('wrapped-planted'),
      kubeconfig: { 'client-key-data': 'a2V5LXBsYW50ZWQ=', token: 'opaque-planted' },
      error,
    };

    const text = JSON.stringify(redact(value));

    for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/hunter2|planted|a2V5LXBs|secretXXXX/);
  });

  it('keeps what an operator reads of an error and its causes', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED', port: 9 });
    const error = new TypeError('cluster dev could not be reached: connection refused', { cause });

    const clean = redact({ error });

    expect(clean).toMatchObject({
      error: {
        name: 'TypeError',
        message: 'cluster dev could not be reached: connection refused',
        cause: { name: 'Error', code: 'ECONNREFUSED', port: 9 },
      },
    });
  });

  it('drops the request and response that a client hangs on its errors', () => {
    const config = { url: planted.slack, headers: new AxiosHeaders({ Authorization: 'Bearer planted' }), data: 'body-planted' };
    const error = new AxiosError('Request failed with status code 500', 'ERR_BAD_RESPONSE', config, {});

    const clean = redact(error);

    expect(clean).toMatchObject({ message: 'Request failed with status code 500', code: 'ERR_BAD_RESPONSE' });
    expect(JSON.stringify(clean)).not.toMatch(/planted|hooks\.slack/);
  });

  it('tells secrets from names, counts and absences of secrets', () => {
    const value = {
      tokens: 3,
      secret: null,
      password: undefined,
      secretName: 'db',
      tokenPath: '/var/run/token',
      hasToken: true,
      apiKeyId: 'k1',
    };

    expect(redact(value)).toEqual(value);
  });

  it('survives cycles, depth and values that JSON can not say', () => {
    const cyclic: Record<string, unknown> = {
      big: 12n,
      when: new Date(0),
      never: new Date(Number.NaN),
      bytes: Buffer.from('abc'),
      f: () => 1,
    };
    cyclic.self = cyclic;
    let deep: unknown = 'bottom';
    for (let i = 0; i < 100; i++) deep = { deep };

    expect(redact(cyclic)).toEqual({ big: '12', when: '1970-01-01T00:00:00.000Z', never: null, bytes: '[3 bytes]', self: '[circular]' });
    expect(JSON.stringify(redact(deep))).toContain('[too deep]');
  });

  it.each(['-', 'x-', "'", '"a', 'https://', 'a:', 'token: ', 'Basic '])(
    'takes its time from the length of a text only, also for %j a million times',
    (part) => {
      const started = performance.now();

      redactText(part.repeat(1_000_000 / part.length));

      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  it('does not change what it was given', () => {
    const value = { token: 'planted', list: ['Bearer planted'] };

    redact(value);

    expect(value).toEqual({ token: 'planted', list: ['Bearer planted'] });
  });
});

describe('Secret', () => {
  const secret = new Secret('planted');

  it.each([
    ['a template', `${secret}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['concatenation', `${String(secret)}`],
  ])('is not shown by %s', (_, text) => {
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('planted');
  });

  it('is revealed to the adapter that asks', () => {
    expect(secret.reveal()).toBe('planted');
  });
});
