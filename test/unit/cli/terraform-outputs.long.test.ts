import { spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { isRunning } from '../../support/is-running.ts';
import { outputsText, recorded } from '../terraform/documents.ts';
import { runCli } from './run-cli.ts';
import { spawnCli } from './spawn-cli.ts';
import { folderWith } from './temp-folder.ts';

const document = outputsText({ vpc_id: 'vpc-1', subnets: ['a', "it's"], db_password: 'planted-pw', size: 3 }, ['db_password']);
const outputs = (argv: readonly string[], options: Parameters<typeof runCli>[1] = {}) =>
  runCli(['terraform', 'outputs', '-f', '-', ...argv], { stdin: document, ...options });

describe('nightshift terraform outputs', () => {
  it('shows a table, without the values of sensitive outputs unless asked', async () => {
    const masked = await outputs([]);
    const shown = await outputs(['--show-sensitive']);

    expect(masked).toMatchObject({ exitCode: 0, stderr: '' });
    expect(masked.stdout).toContain('db_password  any   (sensitive)');
    expect(masked.stdout).toContain(`subnets      any   ["a","it's"]`);
    expect(masked.stdout).not.toContain('planted');
    expect(shown.stdout).toContain('"planted-pw"');
  });

  it('is one document with -o json, which has no value for a masked output', async () => {
    const result = await outputs(['-o', 'json', '--name', 'db_password', '--name', 'size']);

    expect(result.exitCode).toBe(0);
    expect(result.json()).toEqual({
      outputs: { db_password: { type: 'any', sensitive: true }, size: { type: 'any', sensitive: false, value: 3 } },
      masked: ['db_password'],
    });
  });

  it('keeps all digits in JSON, and in YAML those that a double would lose as a string', async () => {
    const options = { stdin: recorded('outputs') };
    const rich = await outputs(['-o', 'json'], options);
    const flat = await outputs(['--format', 'json'], options);
    const yaml = await outputs(['-o', 'yaml', '--format', 'json'], options);

    for (const { stdout } of [rich, flat]) {
      expect(stdout).toMatch(/12345678901234567890123456789\b/);
      expect(stdout).toMatch(/\b0\.0{29}1\b/);
      expect(stdout).toMatch(/\b10{400}\b/);
    }
    expect(parse(yaml.stdout)).toMatchObject({ big: '12345678901234567890123456789', half: 0.5, flag: true });
  });

  it('reads a file, and says which one cannot be read', async () => {
    const folder = await folderWith({ 'out.json': document, 'bad.json': '{"a":' });

    const good = await runCli(['terraform', 'outputs', '-f', join(folder, 'out.json'), '--format', 'json']);
    const bad = await runCli(['terraform', 'outputs', '-f', join(folder, 'bad.json'), '-o', 'json']);
    const missing = await runCli(['terraform', 'outputs', '-f', join(folder, 'none.json')]);
    const directory = await runCli(['terraform', 'outputs', '-f', folder]);

    expect(good.json()).toEqual({ vpc_id: 'vpc-1', subnets: ['a', "it's"], size: 3 });
    expect(bad).toMatchObject({ exitCode: 2 });
    expect(bad.json()).toMatchObject({
      error: { code: 'bad_input', message: expect.stringContaining('bad.json cannot be read: it is no JSON') },
    });
    expect([missing.exitCode, directory.exitCode]).toEqual([2, 2]);
    expect(directory.stderr).toContain('it is a directory');
  });

  it('warns of an empty result and of noise, and still succeeds', async () => {
    const empty = await outputs([], { stdin: '{}' });
    const noisy = await outputs(['--format', 'json'], { stdin: `[command]/usr/bin/terraform-bin output -json\n${document}` });

    expect(empty).toMatchObject({ exitCode: 0, stdout: 'no outputs\n' });
    expect(empty.stderr).toContain('warning: standard input: there are no outputs');
    expect(noisy.exitCode).toBe(0);
    expect(noisy.stderr).toContain('found among other lines');
    expect(noisy.json()).toMatchObject({ vpc_id: 'vpc-1' });
  });

  it('knows no other names than those of the outputs', async () => {
    const result = await outputs(['--name', 'vpc_di']);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toBe('error: there is no output vpc_di\nhint: did you mean vpc_id?\n');
  });
});

describe('sensitive outputs in a format for programs', () => {
  it.each(['json', 'env', 'values', 'github'])('are left out of %s with a warning', async (format) => {
    const result = await outputs(['--format', format]);

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('vpc-1');
    expect(result.stdout).not.toMatch(/planted|sensitive|db_password/);
    expect(result.stderr).toContain('warning: left out, because they are sensitive: db_password');
  });

  it.each(['json', 'env', 'values', 'github'])('are refused for %s when they are asked for by name', async (format) => {
    const result = await outputs(['--format', format, '--name', 'db_password', '-o', 'json']);

    expect(result.exitCode).toBe(3);
    expect(result.json()).toEqual({
      error: {
        code: 'refused',
        message: 'output db_password is sensitive and was not written',
        hint: expect.stringContaining('--show-sensitive'),
      },
    });
  });

  it.each(['json', 'env', 'values', 'github'])('are in %s when asked for', async (format) => {
    const result = await outputs(['--format', format, '--show-sensitive']);

    expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('planted-pw') });
  });
});

describe('--format env', () => {
  it('is read by a shell', async () => {
    const { stdout } = await outputs(['--format', 'env', '--prefix', 'tf_', '--export']);

    const shell = spawnSync('sh', ['-c', `${stdout}\nprintf '%s|%s' "$tf_vpc_id" "$tf_subnets"`], { encoding: 'utf8' });

    expect(stdout).toMatch(/^export tf_vpc_id='vpc-1'$/m);
    expect(shell.stdout).toBe(`vpc-1|["a","it's"]`);
  });

  it('refuses names that collide', async () => {
    const result = await outputs(['--format', 'env'], { stdin: outputsText({ 'a-b': 'x', a_b: 'y' }) });

    expect(result).toMatchObject({ exitCode: 3, stdout: '' });
    expect(result.stderr).toContain('both become the variable a_b');
  });

  it('is a text in a document with -o json, with what was left out', async () => {
    const result = await outputs(['--format', 'env', '-o', 'json'], { stdin: outputsText({ a: 'x', b: null, c: 'y' }, ['c']) });

    expect(result.json()).toEqual({ format: 'env', text: "a='x'\n", masked: ['c'], left: ['b'] });
    expect(result.stderr).toContain('left out, because they are null: b');
  });
});

describe('--format values', () => {
  it('is YAML for Helm, and says what Helm would round', async () => {
    const result = await outputs(['--format', 'values'], { stdin: recorded('outputs') });

    expect(parse(result.stdout)).toMatchObject({ vpc_id: 'vpc-0a1b', half: 0.5, azs: ['a', 'b'] });
    expect(result.stderr).toContain('written as strings, because Helm would round the numbers in them: big, huge');
  });
});

describe('--format github', () => {
  it('is added to the file that the runner names, after a line that somebody left open', async () => {
    const folder = await folderWith({ out: 'before=1' });
    const file = join(folder, 'out');

    const result = await outputs(['--format', 'github', '--name', 'vpc_id'], { env: { GITHUB_OUTPUT: file } });

    // Nothing on standard output: it may be redirected into the very file.
    expect(result).toMatchObject({ exitCode: 0, stdout: '', stderr: 'added 1 outputs to the file of GITHUB_OUTPUT\n' });
    expect(await readFile(file, 'utf8')).toMatch(/^before=1\nvpc_id<<(nightshift_\S+)\nvpc-1\n\1\n$/);
  });

  it('writes variables for later steps to the other file', async () => {
    const folder = await folderWith({ env: '' });
    const env = { GITHUB_ENV: join(folder, 'env'), GITHUB_OUTPUT: join(folder, 'none') };

    const result = await outputs(['--format', 'github', '--github-file', 'env', '--prefix', 'TF_', '--name', 'size', '-o', 'json'], {
      env,
    });

    expect(result.json()).toEqual({
      format: 'github',
      variable: 'GITHUB_ENV',
      file: env.GITHUB_ENV,
      written: ['size'],
      masked: [],
      left: [],
    });
    expect(await readFile(env.GITHUB_ENV, 'utf8')).toMatch(/^TF_size<<(nightshift_\S+)\n3\n\1\n$/);
    await expect(readFile(env.GITHUB_OUTPUT)).rejects.toThrow('ENOENT');
  });

  it('is printed with --stdout, and where there is no runner', async () => {
    const folder = await folderWith();

    const asked = await outputs(['--format', 'github', '--stdout'], { env: { GITHUB_OUTPUT: join(folder, 'out') } });
    const elsewhere = await outputs(['--format', 'github']);

    expect(asked.stdout).toContain('vpc_id<<nightshift_');
    expect(elsewhere.stdout).toContain('vpc_id<<nightshift_');
    expect(elsewhere.stderr).toContain('GITHUB_OUTPUT is not set: printed instead');
    await expect(readFile(join(folder, 'out'))).rejects.toThrow('ENOENT');
  });

  it('has the runner mask sensitive values before anybody can log them', async () => {
    const env = { GITHUB_OUTPUT: join(await folderWith(), 'out') };

    const inActions = await outputs(['--format', 'github', '--show-sensitive'], { env: { ...env, GITHUB_ACTIONS: 'true' } });
    const elsewhere = await outputs(['--format', 'github', '--show-sensitive'], { env });

    expect(inActions.stderr).toContain('::add-mask::planted-pw\n');
    expect(inActions.stderr).not.toContain('::add-mask::vpc-1');
    expect(elsewhere.stderr).not.toContain('planted');
  });

  it('says when the file cannot be written', async () => {
    const result = await outputs(['--format', 'github'], { env: { GITHUB_OUTPUT: '/nowhere/at/all' } });

    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the file of GITHUB_OUTPUT cannot be written') });
  });
});

describe('--format ssm', () => {
  it('lists what would be put and touches nothing', async () => {
    const text = await outputs(['--format', 'ssm', '--prefix', '/shop/dev']);
    const json = await outputs(['--format', 'ssm', '-o', 'json', '--name', 'db_password', '--name', 'vpc_id']);

    expect(text).toMatchObject({ exitCode: 0, stderr: '' });
    expect(text.stdout).toMatch(/^\/shop\/dev\/db_password +SecureString +would put +\(sensitive\)$/m);
    expect(json.json()).toEqual({
      put: false,
      left: [],
      parameters: [
        { name: 'vpc_id', type: 'String', output: 'vpc_id', value: 'vpc-1', action: 'would-put' },
        { name: 'db_password', type: 'SecureString', output: 'db_password', action: 'would-put' },
      ],
    });
  });

  it('puts them into Parameter Store, encrypted where sensitive, and only once', async () => {
    const aws = await startAwsSandbox({ parameters: { '/shop/dev/size': '2' } });
    onTestFinished(() => aws.close());
    const file = join(await folderWith({ 'out.json': document }), 'out.json');
    const argv = ['terraform', 'outputs', '-f', file, '--format', 'ssm', '--prefix', '/shop/dev', '--put', '-o', 'json'];
    const put = async () => {
      const cli = spawnCli(argv, aws.env());
      return { exitCode: await cli.exitCode, stderr: await cli.stderr, document: JSON.parse(await cli.stdout) };
    };
    const actions = ({ document: { parameters } }: Awaited<ReturnType<typeof put>>) =>
      parameters.map(({ action }: { action: string }) => action);

    const first = await put();
    const second = await put();

    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(actions(first)).toEqual(['created', 'created', 'created', 'changed']);
    expect(actions(second)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(JSON.stringify([first, second])).not.toContain('planted');
    expect(aws.requests.map(({ operation }) => operation)).toEqual(['GetParameters', ...Array(4).fill('PutParameter'), 'GetParameters']);
  }, 30_000);

  it('refuses to change the type of a parameter, and says by which permission a write failed', async () => {
    const aws = await startAwsSandbox({
      parameters: { '/typed/vpc_id': { value: 'x', type: 'SecureString' } },
      policies: [
        {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: '*' },
            { Effect: 'Allow', Action: 'ssm:PutParameter', Resource: '*' },
            { Effect: 'Deny', Action: 'ssm:PutParameter', Resource: `arn:aws:ssm:*:*:parameter/shop/subnets` },
          ],
        },
      ],
    });
    onTestFinished(() => aws.close());
    for (const [name, value] of Object.entries(aws.env())) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());

    const typed = await outputs(['--format', 'ssm', '--prefix', '/typed', '--put'], { env: aws.env() });
    const denied = await outputs(['--format', 'ssm', '--prefix', '/shop', '--put', '--region', aws.region]);

    expect(typed).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('parameter /typed/vpc_id is a SecureString') });
    expect(denied.exitCode).toBe(1);
    expect(denied.stdout).toMatch(/vpc_id .*created[\s\S]*subnets .*failed[\s\S]*size .*left/);
    expect(denied.stderr).toContain('ssm:PutParameter on /shop/subnets');
    expect(denied.stderr).not.toContain('planted');
  }, 30_000);

  it('refuses what cannot be stored before anything is written', async () => {
    const result = await outputs(['--format', 'ssm', '--prefix', '/p'], { stdin: outputsText({ a: '' }) });

    expect(result).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('output a cannot be a parameter: it is empty') });
  });
});

describe('without -f', () => {
  /** A `terraform` alone in PATH. It stands for the real one, which the tests of real parts run. */
  async function terraform(body: string, name = 'terraform') {
    const folder = await folderWith();
    await writeFile(join(folder, name), `#!/bin/bash\n${body}\n`);
    await chmod(join(folder, name), 0o755);
    return { folder, env: { PATH: `${folder}:/bin` } };
  }

  it('runs terraform in the directory, and keeps its standard error out of the outputs', async () => {
    const { folder, env } = await terraform(`[ "$*" = "output -json -no-color" ] || exit 9; echo "Warning: {" >&2; cat outputs.json`);
    await writeFile(join(folder, 'outputs.json'), document);

    const result = await runCli(['terraform', 'outputs', '--dir', folder, '--format', 'json'], { env });
    const verbose = await runCli(['terraform', 'outputs', '--dir', folder, '--format', 'json', '--verbose'], { env });

    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.stderr).not.toContain('Warning: {');
    expect(result.json()).toMatchObject({ vpc_id: 'vpc-1' });
    expect(verbose.stderr).toContain('Warning: {');
    expect(verbose.stderr).not.toContain('planted');
  });

  it('runs tofu where there is no terraform, or the program that is named', async () => {
    const { env, folder } = await terraform(`echo '{"a":{"value":"from tofu"}}'`, 'tofu');
    await writeFile(join(folder, 'mine'), `#!/bin/bash\necho '{"a":{"value":"mine"}}'\n`, { mode: 0o755 });

    expect((await runCli(['terraform', 'outputs'], { env })).stdout).toContain('from tofu');
    expect((await runCli(['terraform', 'outputs', '--program', join(folder, 'mine')], { env })).stdout).toContain('mine');
  });

  it('says what Terraform complains of, in its words', async () => {
    const { env } = await terraform(
      `printf '╷\\n│ Error: Backend initialization required, please run "terraform init"\\n│ \\n╵\\n' >&2; exit 1`,
    );

    const result = await runCli(['terraform', 'outputs', '-o', 'json'], { env });

    expect(result.exitCode).toBe(1);
    expect(result.json()).toEqual({
      error: {
        code: 'exec',
        message: expect.stringMatching(/output -json -no-color failed: Backend initialization required/),
        hint: 'run terraform init there first',
      },
    });
  });

  it('says what to do where neither is installed, or the directory is not there', async () => {
    const missing = await runCli(['terraform', 'outputs'], { env: { PATH: '/nowhere' } });
    const directory = await runCli(['terraform', 'outputs', '--dir', '/no/such/directory'], { env: { PATH: '/bin' } });

    expect(missing).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('hint: install terraform or tofu, name one with --program'),
    });
    expect(directory).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('there is no directory /no/such/directory') });
  });

  it('ends terraform and all that it has started at Ctrl-C', async () => {
    const { folder, env } = await terraform(
      'trap "" TERM INT; (trap "" TERM INT; echo $BASHPID > "$(dirname "$0")/child"; while :; do sleep 0.2; done) & wait',
    );
    const cli = spawnCli(['terraform', 'outputs', '-o', 'json'], { PATH: `${env.PATH}:/usr/bin` });
    const child = await vi.waitFor(async () => Number(await readFile(join(folder, 'child'), 'utf8')) || expect.fail('not started'), {
      timeout: 10_000,
    });

    cli.process.kill('SIGINT');

    expect(await cli.exitCode).toBe(1);
    expect(JSON.parse(await cli.stdout)).toMatchObject({ error: { code: 'interrupted' } });
    expect(isRunning(child)).toBe(false);
  }, 30_000);

  it('does not wait longer than --timeout', async () => {
    const { env } = await terraform('sleep 60 & wait');

    const result = await runCli(['terraform', 'outputs', '--timeout', '300ms'], { env });

    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('it was not done after 0.3 s') });
  });
});
