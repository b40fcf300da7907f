import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cert, certPath } from './support/certs.ts';
import { testClock } from './support/fakes.ts';
import { KubeconfigFolder, kubeconfig } from './support/kubeconfig-folder.ts';

const folder = KubeconfigFolder.forEachTest();

describe('credentials that stand in the file', () => {
  const pem = (file: string): Buffer => Buffer.from(cert(file));

  it.each([
    ['a token', { token: 't' }, { authorization: 'Bearer t' }],
    ['name and password', { username: 'u', password: 'p' }, { authorization: 'Basic dTpw' }],
    ['impersonation', { token: 't', as: 'jane' }, { authorization: 'Bearer t', 'impersonate-user': 'jane' }],
    ['nothing', {}, {}],
  ])('sends %s', async (_, user, headers) => {
    expect((await (await folder.connect(kubeconfig({ user }))).access()).headers).toEqual(headers);
  });

  it('presents a client certificate, from files or from data, which wins', async () => {
    const fromFiles = kubeconfig({ user: { 'client-certificate': certPath('client.pem'), 'client-key': certPath('client.key') } });
    const data = {
      'client-certificate-data': pem('client.pem').toString('base64'),
      'client-key-data': pem('client.key').toString('base64'),
    };
    const fromData = kubeconfig({ user: { ...data, 'client-key': certPath('server.key') } });

    for (const content of [fromFiles, fromData]) {
      expect((await (await folder.connect(content)).access()).tls).toEqual({
        ca: pem('ca.pem'),
        cert: pem('client.pem'),
        key: pem('client.key'),
      });
    }
  });

  it('reads a token file again when it rotates, and keeps the connections', async () => {
    const clock = testClock();
    const token = await folder.write('token', 'first');
    const connection = await folder.connect(kubeconfig({ user: { tokenFile: token, token: 'ignored' } }), { clock });
    const first = await connection.access();
    await writeFile(token, 'second');

    const kept = await connection.access();
    clock.advance(5000);
    const second = await connection.access();

    expect([first, kept, second].map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(second.tls).toBe(first.tls);
  });

  it('reads the whole file again when its credentials are refused', async () => {
    const connection = await folder.connect(kubeconfig({ user: { token: 'old' } }));
    const old = await connection.access();
    await folder.write('config', kubeconfig({ user: { token: 'new' } }));

    connection.invalidate(old);

    expect((await connection.access()).headers).toEqual({ authorization: 'Bearer new' });
  });

  it('keeps newer credentials when older ones are reported as refused', async () => {
    const connection = await folder.connect(kubeconfig({ user: { token: 'old' } }));
    const old = await connection.access();
    await folder.write('config', kubeconfig({ user: { token: 'new' } }));
    connection.invalidate(old);
    const renewed = await connection.access();
    await folder.write('config', kubeconfig({ user: { token: 'newest' } }));

    connection.invalidate(old);

    expect(await connection.access()).toBe(renewed);
  });

  it('says so when a token file has vanished', async () => {
    const connection = await folder.connect(kubeconfig({ user: { tokenFile: join(folder.path, 'gone') } }));

    await expect(connection.access()).rejects.toMatchObject({
      name: 'CredentialsError',
      message: expect.stringContaining('user me in context dev'),
    });
  });

  it('checks another server name when told to, and skips TLS verification only when the file says so, with a warning', async () => {
    const warnings: string[] = [];
    const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warnings.push(message) };

    const named = await folder.connect(kubeconfig({ cluster: { 'tls-server-name': 'kubernetes' } }), { log });
    expect((await named.access()).tls.servername).toBe('kubernetes');
    expect(warnings).toEqual([]);
    const unchecked = await folder.connect(
      kubeconfig({ cluster: { 'insecure-skip-tls-verify': true, 'certificate-authority': undefined } }),
      {
        log,
      },
    );
    expect((await unchecked.access()).tls).toEqual({ rejectUnauthorized: false });
    expect(warnings).toEqual(['TLS verification is off, as the kubeconfig says']);
  });
});

describe('a token that cannot be sent', () => {
  it.each([
    ['a line break', 'planted\nsecret'],
    ['a letter beyond ASCII', 'plantedé'],
  ])('for %s in it is told before anything is sent, and is not repeated', async (_, token) => {
    const error: unknown = await (await folder.connect(kubeconfig({ user: { token } }))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('characters that no token has') });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });
});

describe('credentials of a provider', () => {
  const token = (exp: number): string => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.sig`;

  it('sends an OIDC token that is still valid', async () => {
    const idToken = token(32503680000);
    const connection = await folder.connect(
      kubeconfig({ user: { 'auth-provider': { name: 'oidc', config: { 'id-token': idToken, 'client-id': 'c' } } } }),
    );

    expect((await connection.access()).headers).toEqual({ authorization: `Bearer ${idToken}` });
  });

  it.each([
    [
      'that expired, and nothing to renew it with',
      { 'id-token': token(1000) },
      'its id-token expired at 1970-01-01T00:16:40.000Z',
      /^log in again$/,
    ],
    [
      'that expired, with a refresh token',
      { 'id-token': token(1000), 'refresh-token': 'planted', 'idp-issuer-url': 'https://127.0.0.1:1/' },
      'its id-token expired',
      /kubectl once with this context/,
    ],
    ['that is none', { 'id-token': 'planted' }, 'no JSON web token', /log in again/],
    ['whose claims are no JSON', { 'id-token': 'e30.planted.sig' }, 'no JSON web token', /log in again/],
    ['that is not there', {}, 'holds no id-token', /log in first/],
  ])('sends nothing for an OIDC login with a token %s', async (_, config, message, hint) => {
    const connection = await folder.connect(
      kubeconfig({ user: { 'auth-provider': { name: 'oidc', config: { 'client-id': 'c', ...config } } } }),
    );

    const error: unknown = await connection.access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      name: 'CredentialsError',
      message: expect.stringMatching(new RegExp(`user me in context dev: .*${message}`)),
      hint: expect.stringMatching(hint),
    });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });

  it('sends the token that an old provider has', async () => {
    const user = { 'auth-provider': { name: 'gcp', config: { 'access-token': 'ya29', expiry: '2999-01-01T00:00:00Z' } } };

    expect((await (await folder.connect(kubeconfig({ user }))).access()).headers).toEqual({ authorization: 'Bearer ya29' });
  });

  it.each([
    ['that nobody knows', { name: 'planet', config: {} }, /auth-provider gave no token$/],
    ['whose token has expired', { name: 'azure', config: { 'access-token': 'a', 'expires-on': '1' } }, /Token is expired!$/],
    [
      'whose command prints no JSON',
      { name: 'gcp', config: { 'cmd-path': '/bin/echo', 'cmd-args': 'planted', 'token-key': '{.a}', 'expiry-key': '{.b}' } },
      /its auth-provider printed no JSON$/,
    ],
    [
      'whose command fails',
      { name: 'gcp', config: { 'cmd-path': '/bin/false', 'cmd-args': '--client-key planted', 'token-key': '{.a}', 'expiry-key': '{.b}' } },
      /Command failed: "\/bin\/false" --client-key \[redacted\]$/,
    ],
  ])('sends nothing for a provider %s, and repeats no secret', async (_, provider, message) => {
    const error: unknown = await (await folder.connect(kubeconfig({ user: { 'auth-provider': provider } })))
      .access()
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringMatching(message) });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });
});

it.each([
  ['no credentials', {}, 'user me in context dev has no credentials in the kubeconfig: log in'],
  ['a token', { token: 't' }, 'log in again: the credentials of user me in context dev have expired'],
])('tells a person with %s what to do about a refusal', async (_, user, hint) => {
  expect((await folder.connect(kubeconfig({ user }))).unauthorizedHint).toContain(hint);
});
