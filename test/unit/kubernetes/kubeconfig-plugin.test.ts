import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { isRunning } from '../../support/is-running.ts';
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
      print("{ token: [process.argv[2], process.env.MOOD, JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.cluster.server].join('|') }"),
    );
    const env = [{ name: 'MOOD', value: 'calm' }];
    const connection = await folder.connect(kubeconfig(exec('./plugin.mjs', { args: ['login'], env, provideClusterInfo: true })));

    const all = await Promise.all(Array.from({ length: 8 }, () => connection.access()));

    expect(all[0]).toMatchObject({
      headers: { authorization: 'Bearer login|calm|https://10.0.0.1:6443' },
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

    expect(access.tls).toMatchObject({ cert: Buffer.from(cert('client.pem')), key: Buffer.from(cert('client.key')) });
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

  it.each([
    ['nothing', '{}'],
    ['an empty token', "{ token: '' }"],
    ['a certificate without its key', `{ clientCertificateData: ${JSON.stringify(cert('client.pem'))} }`],
  ])('sends no request as nobody when it gives %s', async (_, status) => {
    await plugin(print(status));

    const error: unknown = await (await folder.connect(kubeconfig(exec('./plugin.mjs')))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      name: 'CredentialsError',
      message: expect.stringMatching(/plugin .* failed: it printed neither a token nor a client certificate with its key$/),
      hint: expect.stringContaining('run the plugin by hand'),
    });
  });

  it('refuses a token that no header can hold before anything is sent, and does not repeat it', async () => {
    await plugin(print(String.raw`{ token: 'planted\nsecret' }`));

    const error: unknown = await (await folder.connect(kubeconfig(exec('./plugin.mjs')))).access().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('characters that no token has') });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });

  it.each([
    ['apart', ['--client-id', 'abc', '--client-secret', 'planted-1', '-password', 'planted-2']],
    ['after an equals sign', ['--client-id=abc', '--client-secret=planted-1', 'token=planted-2']],
  ])('repeats no secret among its arguments, written %s', async (_, args) => {
    await plugin('console.error("login of", ...process.argv.slice(2), "failed"); process.exitCode = 1;');

    const error: unknown = await (await folder.connect(kubeconfig(exec('./plugin.mjs', { args }))))
      .access()
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      name: 'CredentialsError',
      message: expect.stringMatching(/failed: login of .*abc.*\[redacted\].* failed$/),
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
  });

  it('does not run it for a user whose token stands in the file', async () => {
    await plugin(print("{ token: 'of-the-plugin' }"));
    const { user } = exec('./plugin.mjs');

    const access = await (await folder.connect(kubeconfig({ user: { ...user, token: 'of-the-file' } }))).access();

    expect(access.headers).toEqual({ authorization: 'Bearer of-the-file' });
    await expect(runs()).rejects.toThrow('ENOENT');
  });

  it('says why it ended when it says nothing itself', async () => {
    await plugin('process.exitCode = 3;');
    await expect((await folder.connect(kubeconfig(exec('./plugin.mjs')))).access()).rejects.toThrow(/failed: it exited with 3$/);

    await plugin("process.kill(process.pid, 'SIGKILL');");
    await expect((await folder.connect(kubeconfig(exec('./plugin.mjs')))).access()).rejects.toThrow(/failed: it was ended by SIGKILL$/);
  });

  it('is stopped when it prints without end', async () => {
    await plugin("setInterval(() => process.stdout.write('x'.repeat(100_000)), 1);");

    await expect((await folder.connect(kubeconfig(exec('./plugin.mjs')))).access()).rejects.toThrow(/it printed more than 1048576 bytes$/);
  });

  describe('that hangs', () => {
    /** A script whose child hangs, as wrappers around a login do; the child notes its process id. */
    async function hanging(): Promise<string> {
      const file = await folder.write('hang.sh', `#!/bin/sh\nsleep 300 &\necho $! > ${join(folder.path, 'pid')}\nwait\n`);
      await chmod(file, 0o755);
      return file;
    }
    const sleeper = async (): Promise<number> => Number(await readFile(join(folder.path, 'pid'), 'utf8'));
    const path = { env: { PATH: process.env.PATH } };

    it('ends with the run, its children included', async () => {
      await hanging();
      const connection = await folder.connect(kubeconfig(exec('./hang.sh')), path);
      const stop = new AbortController();
      const asked = connection.access(stop.signal);
      const pid = await vi.waitFor(async () => (await sleeper()) || expect.fail('not started'));
      expect(isRunning(pid)).toBe(true);

      stop.abort(new Error('the budget ended'));

      await expect(asked).rejects.toThrow('the budget ended');
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
    });

    it('goes on for those who still wait', async () => {
      await plugin(`setTimeout(() => { ${print("{ token: 'late' }")} }, 200);`);
      const connection = await folder.connect(kubeconfig(exec('./plugin.mjs')));

      const [first, second] = await Promise.allSettled([connection.access(AbortSignal.timeout(40)), connection.access()]);

      expect(first).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } });
      expect(second).toMatchObject({ value: { headers: { authorization: 'Bearer late' } } });
      expect(await runs()).toBe(1);
    });

    it('ends at a limit of its own', async () => {
      await hanging();
      const connection = await folder.connect(kubeconfig(exec('./hang.sh')), { ...path, pluginLimitMs: 300 });

      await expect(connection.access()).rejects.toMatchObject({
        name: 'CredentialsError',
        message: expect.stringMatching(/failed: it gave no answer within 1 s$/),
      });
      const pid = await sleeper();
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
    });
  });
});
