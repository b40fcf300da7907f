import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectKubeconfig, type KubeconfigOptions } from '../../../lib/kubernetes/kubeconfig-connection.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { cert, certPath } from './support/certs.ts';
import { testClock } from './support/fakes.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nightshift-kubeconfig-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function write(name: string, content: string | object): Promise<string> {
  const file = join(dir, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Parts {
  readonly cluster?: object;
  readonly user?: object;
  readonly [key: string]: unknown;
}

function kubeconfig({ cluster, user, ...rest }: Parts = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'dev',
    clusters: [
      { name: 'dev-cluster', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority': certPath('ca.pem'), ...cluster } },
    ],
    users: [{ name: 'me', user: user ?? { token: 'secret-token' } }],
    contexts: [{ name: 'dev', context: { cluster: 'dev-cluster', user: 'me', namespace: 'team-a' } }],
    ...rest,
  };
}

async function connect(content: string | object, options: Partial<KubeconfigOptions> = {}) {
  const file = await write('config', content);
  return connectKubeconfig({ env: {}, clock: testClock(), file, ...options });
}

async function refusal(content: string | object, options: Partial<KubeconfigOptions> = {}): Promise<BadInputError> {
  const error: unknown = await connect(content, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BadInputError);
  return error as BadInputError;
}

describe('which file', () => {
  it('reads ~/.kube/config when nothing is said', async () => {
    await mkdir(join(dir, '.kube'));
    await write('.kube/config', kubeconfig());

    expect(await connectKubeconfig({ env: { HOME: dir }, clock: testClock() })).toMatchObject({
      context: 'dev',
      clusterName: 'dev-cluster',
      namespace: 'team-a',
    });
  });

  it('merges the files of KUBECONFIG as kubectl does: the first that names a thing wins, missing files are passed over', async () => {
    const first = await write('one', { 'current-context': 'dev', users: [{ name: 'me', user: { token: 'from-one' } }] });
    const second = await write('two', kubeconfig({ 'current-context': 'other', user: { token: 'from-two' } }));
    const env = { KUBECONFIG: [join(dir, 'missing'), first, second].join(delimiter) };

    const connection = await connectKubeconfig({ env, clock: testClock() });

    expect(connection.context).toBe('dev');
    expect((await connection.access()).headers).toEqual({ authorization: 'Bearer from-one' });
  });

  it('reads paths in a file as relative to that file', async () => {
    await mkdir(join(dir, 'pki'));
    await write('pki/ca.pem', cert('ca.pem'));
    await write('token', 'relative-token\n');

    const connection = await connect(kubeconfig({ cluster: { 'certificate-authority': 'pki/ca.pem' }, user: { tokenFile: 'token' } }));

    expect(await connection.access()).toMatchObject({
      tls: { ca: Buffer.from(cert('ca.pem')) },
      headers: { authorization: 'Bearer relative-token' },
    });
  });
});

describe('what is wrong with it', () => {
  it('names the file that does not exist', async () => {
    const file = join(dir, 'nowhere');

    await expect(connectKubeconfig({ env: {}, clock: testClock(), file })).rejects.toThrow(
      `cannot read the kubeconfig: ${file} does not exist`,
    );
  });

  it('names the line that is not YAML, and quotes nothing of it', async () => {
    const error = await refusal('apiVersion: v1\nusers:\n- name: me\n  user: {token: secret-token\nclusters: []\n');

    expect(error.message).toMatch(/config: it is not YAML \(line \d+: [A-Z_]+\)$/);
    expect(`${error.message} ${error.hint}`).not.toContain('secret-token');
  });

  it.each([
    ['an empty file', '', 'it is empty'],
    ['a list', '- a', 'it is not a mapping'],
    ['clusters that are no list', { clusters: {} }, 'clusters is not a list'],
    ['a user without a name', kubeconfig({ users: [{}] }), 'users[0] has no name'],
    ['no current-context', kubeconfig({ 'current-context': '' }), 'it has no current-context'],
    ['no such context', kubeconfig({ 'current-context': 'prod' }), 'it has no context "prod"'],
    ['a context without its cluster', kubeconfig({ clusters: [] }), 'context dev points to cluster "dev-cluster", which it does not hold'],
    ['a context without its user', kubeconfig({ users: [] }), 'context dev points to user "me", which it does not hold'],
    ['no server', kubeconfig({ cluster: { server: '' } }), 'cluster dev-cluster: it has no server'],
    ['a server that is no URL', kubeconfig({ cluster: { server: 'somewhere' } }), 'its server "somewhere" is not a URL'],
    ['plain http by accident', kubeconfig({ cluster: { server: 'http://10.0.0.1' } }), 'its server is plain http'],
    [
      'a missing CA file',
      kubeconfig({ cluster: { 'certificate-authority': '/nowhere/ca.pem' } }),
      'certificate-authority /nowhere/ca.pem cannot be read',
    ],
    [
      'a broken CA',
      kubeconfig({ cluster: { 'certificate-authority-data': 'bm9wZQ==' } }),
      'certificate-authority-data is not a base64 PEM',
    ],
    ['a missing key file', kubeconfig({ user: { 'client-key': '/nowhere/key' } }), 'client-key /nowhere/key cannot be read'],
  ])('tells %s', async (_, content, why) => {
    expect((await refusal(content)).message).toContain(why);
  });

  it('lists the contexts there are to choose from', async () => {
    const error = await refusal(kubeconfig(), { context: 'prod' });

    expect(error).toMatchObject({ message: expect.stringContaining('it has no context "prod"'), hint: 'contexts: dev' });
  });
});

describe('credentials that stand in the file', () => {
  const pem = (file: string): Buffer => Buffer.from(cert(file));

  it.each([
    ['a token', { token: 't' }, { authorization: 'Bearer t' }],
    ['name and password', { username: 'u', password: 'p' }, { authorization: 'Basic dTpw' }],
    ['impersonation', { token: 't', as: 'jane' }, { authorization: 'Bearer t', 'impersonate-user': 'jane' }],
    ['nothing', {}, {}],
  ])('sends %s', async (_, user, headers) => {
    expect((await (await connect(kubeconfig({ user }))).access()).headers).toEqual(headers);
  });

  it('presents a client certificate, from files or from data, which wins', async () => {
    const fromFiles = kubeconfig({ user: { 'client-certificate': certPath('client.pem'), 'client-key': certPath('client.key') } });
    const data = {
      'client-certificate-data': pem('client.pem').toString('base64'),
      'client-key-data': pem('client.key').toString('base64'),
    };
    const fromData = kubeconfig({ user: { ...data, 'client-key': certPath('server.key') } });

    for (const content of [fromFiles, fromData]) {
      expect((await (await connect(content)).access()).tls).toEqual({ ca: pem('ca.pem'), cert: pem('client.pem'), key: pem('client.key') });
    }
  });

  it('reads a token file again when it rotates, and keeps the connections', async () => {
    const clock = testClock();
    const token = await write('token', 'first');
    const connection = await connect(kubeconfig({ user: { tokenFile: token, token: 'ignored' } }), { clock });
    const first = await connection.access();
    await writeFile(token, 'second');

    const kept = await connection.access();
    clock.advance(5000);
    const second = await connection.access();

    expect([first, kept, second].map(({ headers }) => headers['authorization'])).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(second.tls).toBe(first.tls);
  });

  it('reads the whole file again when its credentials are refused', async () => {
    const connection = await connect(kubeconfig({ user: { token: 'old' } }));
    const old = await connection.access();
    await write('config', kubeconfig({ user: { token: 'new' } }));

    connection.invalidate(old);

    expect((await connection.access()).headers).toEqual({ authorization: 'Bearer new' });
  });

  it('keeps newer credentials when older ones are reported as refused', async () => {
    const connection = await connect(kubeconfig({ user: { token: 'old' } }));
    const old = await connection.access();
    await write('config', kubeconfig({ user: { token: 'new' } }));
    connection.invalidate(old);
    const renewed = await connection.access();
    await write('config', kubeconfig({ user: { token: 'newest' } }));

    connection.invalidate(old);

    expect(await connection.access()).toBe(renewed);
  });

  it('says so when a token file has vanished', async () => {
    const connection = await connect(kubeconfig({ user: { tokenFile: join(dir, 'gone') } }));

    await expect(connection.access()).rejects.toMatchObject({
      name: 'CredentialsError',
      message: expect.stringContaining('user me in context dev'),
    });
  });

  it('checks another server name when told to, and skips TLS verification only when the file says so, with a warning', async () => {
    const warnings: string[] = [];
    const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warnings.push(message) };

    const named = await connect(kubeconfig({ cluster: { 'tls-server-name': 'kubernetes' } }), { log });
    expect((await named.access()).tls.servername).toBe('kubernetes');
    expect(warnings).toEqual([]);
    const unchecked = await connect(kubeconfig({ cluster: { 'insecure-skip-tls-verify': true, 'certificate-authority': undefined } }), {
      log,
    });
    expect((await unchecked.access()).tls).toEqual({ rejectUnauthorized: false });
    expect(warnings).toEqual(['TLS verification is off, as the kubeconfig says']);
  });
});

describe('credentials of an exec plugin', () => {
  /** A plugin in JavaScript; it notes every run in `runs`. */
  async function plugin(body: string): Promise<string> {
    const file = await write(
      'plugin.mjs',
      `#!${process.execPath}\nimport { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(join(dir, 'runs'))}, 'x');\n${body}`,
    );
    await chmod(file, 0o755);
    return file;
  }
  const runs = async (): Promise<number> => (await readFile(join(dir, 'runs'), 'utf8')).length;
  const exec = (command: string, rest: object = {}): Parts => ({
    user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, ...rest } },
  });
  const print = (status: string): string =>
    `console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: ${status} }));`;

  it('runs it once for many requests at once, with arguments, environment and a path relative to the file', async () => {
    await plugin(
      print("{ token: [process.argv[2], process.env.MOOD, JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.cluster.server].join(' ') }"),
    );
    const env = [{ name: 'MOOD', value: 'calm' }];
    const connection = await connect(kubeconfig(exec('./plugin.mjs', { args: ['login'], env, provideClusterInfo: true })));

    const all = await Promise.all(Array.from({ length: 8 }, () => connection.access()));

    expect(all[0]).toMatchObject({
      headers: { authorization: 'Bearer login calm https://10.0.0.1:6443' },
      tls: { ca: Buffer.from(cert('ca.pem')) },
    });
    expect(await runs()).toBe(1);
  });

  it('asks it again when its token has expired, and when the server refuses the token', async () => {
    const clock = testClock();
    await plugin(print('{ token: String(process.hrtime.bigint()), expirationTimestamp: process.env.UNTIL }'));
    const until = (value: string): Parts => exec('./plugin.mjs', { env: [{ name: 'UNTIL', value }] });

    const lasting = await connect(kubeconfig(until('2999-01-01T00:00:00Z')), { clock });
    const first = await lasting.access();
    clock.advance(60_000);
    const second = await lasting.access();
    expect(second.headers).toEqual(first.headers);
    lasting.invalidate(second);
    expect((await lasting.access()).headers).not.toEqual(first.headers);
    expect(await runs()).toBe(2);

    const brief = await connect(kubeconfig(until('2020-01-01T00:00:00Z')), { clock });
    await brief.access();
    clock.advance(60_000);
    await brief.access();
    expect(await runs()).toBe(4);
  });

  it('presents a client certificate that it prints', async () => {
    await plugin(
      print(`{ clientCertificateData: ${JSON.stringify(cert('client.pem'))}, clientKeyData: ${JSON.stringify(cert('client.key'))} }`),
    );

    const access = await (await connect(kubeconfig(exec('./plugin.mjs')))).access();

    expect(access.tls).toMatchObject({ cert: cert('client.pem'), key: cert('client.key') });
  });

  it('repeats the plugin’s own hint when it is not installed', async () => {
    const connection = await connect(kubeconfig(exec('no-such-plugin-anywhere', { installHint: 'brew install it' })));

    await expect(connection.access()).rejects.toMatchObject({
      name: 'BadInputError',
      message: 'cannot get credentials of user me in context dev: the plugin no-such-plugin-anywhere is not installed',
      hint: 'brew install it',
    });
  });

  it('repeats the last line of what a failing plugin says', async () => {
    await plugin("console.error('usage: …\\nthe SSO session has expired'); process.exitCode = 1;");

    await expect((await connect(kubeconfig(exec('./plugin.mjs')))).access()).rejects.toMatchObject({
      name: 'CredentialsError',
      message: expect.stringMatching(/plugin .*plugin\.mjs failed: the SSO session has expired$/),
    });
  });

  it('repeats no secret that a failing plugin was given or got', async () => {
    await plugin('console.error("login as", process.env.CLIENT_SECRET, "gave Authorization: Bearer planted-token"); process.exitCode = 1;');
    const env = [
      { name: 'CLIENT_SECRET', value: 'planted-secret' },
      { name: 'AWS_PROFILE', value: 'dev' },
    ];

    const error: unknown = await (await connect(kubeconfig(exec('./plugin.mjs', { env })))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('failed: login as [redacted] gave') });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
  });

  it('keeps the arguments of a plugin that is not installed out of its error', async () => {
    const connection = await connect(kubeconfig(exec('no-such-plugin-anywhere', { args: ['--password', 'planted'] })));

    const error: unknown = await connection.access().catch((thrown: unknown) => thrown);

    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
  });

  it.each([
    ['no JSON', "console.log('token=secret-token');"],
    ['another JSON', 'console.log(\'{"token":"secret-token"}\');'],
  ])('quotes nothing of a plugin that prints %s', async (_, body) => {
    await plugin(body);

    const error: unknown = await (await connect(kubeconfig(exec('./plugin.mjs')))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('it printed no ExecCredential') });
    expect(String(error)).not.toContain('secret-token');
  });

  it('does not let a plugin that hangs outlive the run', async () => {
    await plugin('setTimeout(() => {}, 300);');
    const connection = await connect(kubeconfig(exec('./plugin.mjs')));

    await expect(connection.access(AbortSignal.timeout(40))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('a token that cannot be sent', () => {
  it.each([
    ['a line break', 'planted\nsecret'],
    ['a letter beyond ASCII', 'plantedé'],
  ])('for %s in it is told before anything is sent, and is not repeated', async (_, token) => {
    const error: unknown = await (await connect(kubeconfig({ user: { token } }))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('characters that no token has') });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });
});

describe('credentials of a provider', () => {
  const token = (exp: number): string => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.sig`;

  it('sends an OIDC token that is still valid', async () => {
    const idToken = token(32503680000);
    const connection = await connect(
      kubeconfig({ user: { 'auth-provider': { name: 'oidc', config: { 'id-token': idToken, 'client-id': 'c' } } } }),
    );

    expect((await connection.access()).headers).toEqual({ authorization: `Bearer ${idToken}` });
  });
});
