import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cert } from './support/certs.ts';
import { testClock } from './support/fakes.ts';
import { KubeconfigFolder, kubeconfig, type Parts } from './support/kubeconfig-folder.ts';

const folder = KubeconfigFolder.forEachTest();

describe('credentials of an exec plugin', () => {
  /** A plugin in JavaScript; it notes every run in `runs`. */
  async function plugin(body: string): Promise<string> {
    const file = await folder.write(
      'plugin.mjs',
      `#!${process.execPath}\nimport { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(join(folder.path, 'runs'))}, 'x');\n${body}`,
    );
    await chmod(file, 0o755);
    return file;
  }
  const runs = async (): Promise<number> => (await readFile(join(folder.path, 'runs'), 'utf8')).length;
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
    const connection = await folder.connect(kubeconfig(exec('./plugin.mjs', { args: ['login'], env, provideClusterInfo: true })));

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

    const lasting = await folder.connect(kubeconfig(until('2999-01-01T00:00:00Z')), { clock });
    const first = await lasting.access();
    clock.advance(60_000);
    const second = await lasting.access();
    expect(second.headers).toEqual(first.headers);
    lasting.invalidate(second);
    expect((await lasting.access()).headers).not.toEqual(first.headers);
    expect(await runs()).toBe(2);

    const brief = await folder.connect(kubeconfig(until('2020-01-01T00:00:00Z')), { clock });
    await brief.access();
    clock.advance(60_000);
    await brief.access();
    expect(await runs()).toBe(4);
  });

  it('presents a client certificate that it prints', async () => {
    await plugin(
      print(`{ clientCertificateData: ${JSON.stringify(cert('client.pem'))}, clientKeyData: ${JSON.stringify(cert('client.key'))} }`),
    );

    const access = await (await folder.connect(kubeconfig(exec('./plugin.mjs')))).access();

    expect(access.tls).toMatchObject({ cert: cert('client.pem'), key: cert('client.key') });
  });

  it('repeats the plugin’s own hint when it is not installed', async () => {
    const connection = await folder.connect(kubeconfig(exec('no-such-plugin-anywhere', { installHint: 'brew install it' })));

    await expect(connection.access()).rejects.toMatchObject({
      name: 'BadInputError',
      message: 'cannot get credentials of user me in context dev: the plugin no-such-plugin-anywhere is not installed',
      hint: 'brew install it',
    });
  });

  it('repeats the last line of what a failing plugin says', async () => {
    await plugin("console.error('usage: …\\nthe SSO session has expired'); process.exitCode = 1;");

    await expect((await folder.connect(kubeconfig(exec('./plugin.mjs')))).access()).rejects.toMatchObject({
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

    const error: unknown = await (await folder.connect(kubeconfig(exec('./plugin.mjs', { env }))))
      .access()
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('failed: login as [redacted] gave') });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
  });

  it('keeps the arguments of a plugin that is not installed out of its error', async () => {
    const connection = await folder.connect(kubeconfig(exec('no-such-plugin-anywhere', { args: ['--password', 'planted'] })));

    const error: unknown = await connection.access().catch((thrown: unknown) => thrown);

    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
  });

  it.each([
    ['no JSON', "console.log('token=secret-token');"],
    ['another JSON', 'console.log(\'{"token":"secret-token"}\');'],
  ])('quotes nothing of a plugin that prints %s', async (_, body) => {
    await plugin(body);

    const error: unknown = await (await folder.connect(kubeconfig(exec('./plugin.mjs')))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('it printed no ExecCredential') });
    expect(String(error)).not.toContain('secret-token');
  });

  it('does not let a plugin that hangs outlive the run', async () => {
    await plugin('setTimeout(() => {}, 300);');
    const connection = await folder.connect(kubeconfig(exec('./plugin.mjs')));

    await expect(connection.access(AbortSignal.timeout(40))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
