import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CliResult, runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const root = resolve(import.meta.dirname, '../../..');

interface Written {
  readonly result: CliResult;
  readonly file: string;
  readonly text: string;
}

/** `nightshift init` into a folder of its own. */
async function init(argv: readonly string[], options: Parameters<typeof runCli>[1] = {}): Promise<Written> {
  const file = join(await folderWith(), 'nightshift.yaml');
  const result = await runCli(['init', '--file', file, ...argv], options);
  return { result, file, text: await readFile(file, 'utf8').catch(() => '') };
}

async function isGood(file: string): Promise<boolean> {
  return (await runCli(['config', 'check', file])).exitCode === 0;
}

describe('init', () => {
  it('writes a file that config check takes, and its schema beside it', async () => {
    const { result, file, text } = await init(['--yes', '-o', 'json']);
    const schema = join(dirname(file), 'nightshift.schema.json');

    expect(result.json()).toEqual({ file, schema: './nightshift.schema.json', written: [file, schema] });
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/nightshift\.schema\.json\n/);
    expect(JSON.parse(await readFile(schema, 'utf8'))).toEqual(
      JSON.parse(await readFile(join(root, 'schema/nightshift.schema.json'), 'utf8')),
    );
    expect(await isGood(file)).toBe(true);
    expect(await readdir(dirname(file))).toEqual(['nightshift.schema.json', 'nightshift.yaml']);
  });

  it('takes every answer from flags', async () => {
    const { file, text } = await init([
      ...['--name', 'team', '--stage', 'test', '--account', '011122223333', '--region', 'eu-west-1'],
      ...['--cluster', 'eu', '--cluster', 'us,eu', '--uptime', 'Mon-Fri 08:00-20:00', '--timezone', 'Europe/Paris'],
      ...['--email', 'a@example.com', '--email', 'b@example.com', '--slack-webhook-parameter', '/team/slack'],
    ]);

    expect(await isGood(file)).toBe(true);
    expect(parse(text)).toEqual({
      version: 1,
      name: 'team',
      stages: { test: { account: '011122223333', region: 'eu-west-1', logLevel: 'info' } },
      clusters: [
        { name: 'eu', stage: 'test' },
        { name: 'us', stage: 'test' },
      ],
      sleep: { uptime: 'Mon-Fri 08:00-20:00', defaultTimezone: 'Europe/Paris' },
      routes: { email: ['a@example.com', 'b@example.com'], slack: { webhookParameter: '/team/slack' } },
    });
  });

  it('leans on the zone that is given, and else on Berlin', async () => {
    expect(parse((await init(['--yes', '--timezone', 'America/New_York'])).text)).toMatchObject({
      sleep: { uptime: 'Mon-Fri 07:00-19:00', defaultTimezone: 'America/New_York' },
    });
    expect(parse((await init(['--yes'])).text).sleep).toEqual({ uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin' });
  });

  it('prints instead of writing with --stdout', async () => {
    const { result, file, text } = await init(['--yes', '--stdout']);

    expect(text).toBe('');
    expect(parse(result.stdout)).toMatchObject({ version: 1, stages: { dev: {} } });
    expect((await runCli(['init', '--yes', '--stdout', '--file', file, '-o', 'json'])).json()).toEqual({ file, text: result.stdout });
  });

  it('has written the file at the root of the repository', async () => {
    const { stdout } = await runCli(['init', '--yes', '--stdout', '--file', join(root, 'nightshift.yaml')]);

    expect(await readFile(join(root, 'nightshift.yaml'), 'utf8')).toBe(stdout);
    expect(await isGood(join(root, 'nightshift.yaml'))).toBe(true);
  });
});

describe('the schema that a new file names', () => {
  it.each([
    ['the checkout that it is in', 'schema/nightshift.schema.json', 'stages/nightshift.yaml', '../schema/nightshift.schema.json'],
    [
      'the package that its project depends on',
      'node_modules/nightshift/schema/nightshift.schema.json',
      'nightshift.yaml',
      './node_modules/nightshift/schema/nightshift.schema.json',
    ],
  ])('is that of %s', async (_, home, name, reference) => {
    const folder = await folderWith({ [home]: '{}' });
    await mkdir(dirname(join(folder, name)), { recursive: true });

    const result = await runCli(['init', '--yes', '--file', join(folder, name), '-o', 'json']);

    expect(result.json()).toEqual({ file: join(folder, name), schema: reference, written: [join(folder, name)] });
  });

  it('replaces an older one of ours, never a file of somebody else', async () => {
    const folder = await folderWith({ 'a/nightshift.schema.json': '{ "title": "nightshift.yaml" }', 'b/nightshift.schema.json': 'mine' });

    for (const name of ['a', 'b'])
      expect((await runCli(['init', '--yes', '--file', join(folder, name, 'nightshift.yaml')])).exitCode).toBe(0);

    expect(await readFile(join(folder, 'a/nightshift.schema.json'), 'utf8')).toContain('draft-07');
    expect(await readFile(join(folder, 'b/nightshift.schema.json'), 'utf8')).toBe('mine');
  });
});

describe('a file that is there', () => {
  it('stays, and nothing is asked first', async () => {
    const folder = await folderWith({ 'nightshift.yaml': 'mine\n' });

    const result = await runCli(['init', '--file', `${folder}/nightshift.yaml`], { typed: '' });

    expect(result).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(/^error: .* it is there already\nhint: add --force/),
    });
    expect(await readFile(`${folder}/nightshift.yaml`, 'utf8')).toBe('mine\n');
  });

  it('is replaced with --force, through a link and with its permissions', async () => {
    const folder = await folderWith({ 'real.yaml': 'mine\n' });
    await chmod(`${folder}/real.yaml`, 0o600);
    await symlink('real.yaml', `${folder}/nightshift.yaml`);

    const result = await runCli(['init', '--yes', '--force', '--file', `${folder}/nightshift.yaml`]);

    expect(result.exitCode).toBe(0);
    expect(await readFile(`${folder}/real.yaml`, 'utf8')).toContain('version: 1');
    expect((await stat(`${folder}/real.yaml`)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['nightshift.schema.json', 'nightshift.yaml', 'real.yaml']);
  });

  it.each([
    ['in a folder that is not there', 'no/nightshift.yaml', 'there is no such directory'],
    ['below a file', 'file/nightshift.yaml', 'a part of the path is not a directory'],
    ['where a directory is', 'folder', 'it is a directory'],
  ])('cannot be made %s', async (_, name, why) => {
    const folder = await folderWith({ file: '', 'folder/x': '' });

    const result = await runCli(['init', '--yes', '--force', '--file', join(folder, name)]);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(why);
    expect(await readdir(folder)).toEqual(['file', 'folder']);
  });
});

describe('the questions', () => {
  it('take return for what is in brackets', async () => {
    const { result, text } = await init([], { typed: '\n\n\n\n\n\n\n' });

    expect(result.exitCode).toBe(0);
    expect(text).toBe((await init(['--yes'])).text);
    expect(result.stderr).toContain('Name of the stage [dev]: EKS clusters');
  });

  it('are asked again with the reason until the answer is good', async () => {
    const typed = [
      'Dev',
      'test',
      'a b',
      'a, b',
      '123',
      '123456789012',
      'here',
      'eu-central-1',
      'Mon-Fry 7-19',
      'Mon-Fri 07:00-19:00',
      'Berln',
      'Europe/Rome',
      'me',
      'me@example.com',
      'slack',
      '/slack',
      '',
    ];

    const { result, file, text } = await init([], { typed: typed.join('\n') });

    expect(result.stderr.split('\n').flatMap((line) => line.split(/: {3}/).slice(1))).toEqual([
      expect.stringContaining('up to 20 lower-case letters'),
      expect.stringContaining('"a b" must be up to 100 letters'),
      expect.stringContaining('must be the 12 digits of an AWS account'),
      expect.stringContaining('must be an AWS region'),
      expect.stringContaining('"Fry" is not a weekday'),
      expect.stringContaining('did you mean Europe/Berlin?'),
      expect.stringContaining('"me" must be an e-mail address'),
      expect.stringContaining('starting with a slash'),
    ]);
    expect(await isGood(file)).toBe(true);
    expect(parse(text)).toMatchObject({
      stages: { test: { account: '123456789012', region: 'eu-central-1' } },
      clusters: [{ name: 'a' }, { name: 'b' }],
      sleep: { uptime: 'Mon-Fri 07:00-19:00', defaultTimezone: 'Europe/Rome' },
      routes: { email: ['me@example.com'], slack: { webhookParameter: '/slack' } },
    });
  });

  it('leave out what flags have answered', async () => {
    const { result } = await init(
      ['--stage', 'dev', '--cluster', 'dev', '--account', '123456789012', '--region', 'eu-central-1', '--email', 'a@example.com'],
      {
        typed: '\n\n',
      },
    );

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toMatch(/^A few questions.*\nWhen workloads are awake \[.*\]: SSM parameter .*: $/);
  });

  it.each([
    ['the end of input', { typed: 'dev\n' }],
    ['Ctrl-C', { typed: 'dev\n', signal: AbortSignal.abort() }],
  ])('write nothing after %s', async (_, options) => {
    const { result, text } = await init([], options);

    expect(result).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringContaining('nothing was written: the questions were not answered'),
    });
    expect(text).toBe('');
  });
});

describe('without a terminal', () => {
  it('what is missing is named, with the flags and their defaults', async () => {
    const { result, text } = await init(['--stage', 'dev', '-o', 'json']);

    expect(result.exitCode).toBe(2);
    expect(result.json()).toEqual({
      error: {
        code: 'usage',
        message: 'nothing was written: --cluster, --uptime not given, and there is no terminal to ask on',
        hint: 'give them, or add --yes for --cluster "dev" --uptime "Mon-Fri 07:00-19:00 Europe/Berlin"',
      },
    });
    expect(text).toBe('');
  });

  it('every flag that is no good is named at once', async () => {
    const { result } = await init([
      '--yes',
      '--stage',
      'Dev',
      '--account',
      '12',
      '--region',
      'x',
      '--uptime',
      'sometimes',
      '--timezone',
      'Mars',
      '--email',
      'me',
      '--cluster',
      ',',
    ]);

    expect(result.exitCode).toBe(2);
    for (const flag of ['--stage', '--account', '--region', '--uptime', '--timezone', '--email', '--cluster'])
      expect(result.stderr).toContain(`${flag} `);
  });

  it.each([
    [['--uptime', 'Mon-Fri 07:00-19:00', '--yes'], '--uptime "Mon-Fri 07:00-19:00" has no time zone, and there is no --timezone'],
    [['--yes', '--stage', 'a'.repeat(20)], 'the prefix nightshift-aaaaaaaaaaaaaaaaaaaa would have 31 characters'],
    [['--yes', '--file', ''], 'It is empty'],
  ])('%j is refused: %s', async (argv, why) => {
    const { result, text } = await init(argv);

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(why);
    expect(text).toBe('');
  });
});

it('a file that is written while the questions are answered is not lost', async () => {
  const folder = await folderWith();
  const file = join(folder, 'nightshift.yaml');
  const typed = (async function* () {
    yield '\n\n\n\n\n\n';
    await writeFile(file, 'theirs\n');
    yield '\n';
  })();

  const result = await runCli(['init', '--file', file], { typed });

  expect(result.exitCode).toBe(3);
  expect(await readFile(file, 'utf8')).toBe('theirs\n');
});
