import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { replaceFiles } from '../../../bin/manifests/replace-files.ts';
import { stage } from '../../../bin/manifests/stage-file.ts';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';
import { spawnCli } from './spawn-cli.ts';
import { folderWith } from './temp-folder.ts';

const files = {
  'rules.yaml': 'version: 1\nrules:\n- image: shop/web\n- {path: version, files: Chart.yaml}\n',
  'dev/values.yaml': 'image:\n  repository: shop/web\n  tag: v2.0.0\n',
  'dev/Chart.yaml': 'name: shop\nversion: 1.1.0\n',
  'prod/values.yaml': '# production\nimage: {repository: shop/web, tag: v1.0.0}   # live\n',
  'prod/Chart.yaml': 'name: shop\nversion: 1.0.0\n',
  'prod/.hidden/values.yaml': 'image: {repository: shop/web, tag: v0.1.0}\n',
};

const promoted = {
  'values.yaml': files['prod/values.yaml'].replace('v1.0.0', 'v2.0.0'),
  'Chart.yaml': files['prod/Chart.yaml'].replace('1.0.0', '1.1.0'),
};

async function promote(folder: string, args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const places = ['--from', join(folder, 'dev'), '--to', join(folder, 'prod'), '--rules', join(folder, 'rules.yaml')];
  return runCli(['manifest', 'promote', ...places, ...args], options);
}

async function production(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(join(folder, 'prod'))).filter((name) => name !== '.hidden');
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, 'prod', name), 'utf8')])));
}

const before = { 'values.yaml': files['prod/values.yaml'], 'Chart.yaml': files['prod/Chart.yaml'] };

describe('manifest promote', () => {
  it('writes nothing when one of the files is read-only', async () => {
    const folder = await folderWith(files);
    await chmod(join(folder, 'prod/values.yaml'), 0o444);

    const { exitCode, stderr } = await promote(folder, ['--yes', '--quiet']);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`nothing was promoted: ${folder}/prod/values.yaml is read-only`);
    expect(await production(folder)).toEqual(before);
  });

  it('shows the difference and a table with --dry-run, and changes nothing', async () => {
    const folder = await folderWith(files);
    const { exitCode, stdout } = await promote(folder, ['--dry-run']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `--- ${folder}/prod/Chart.yaml\n+++ ${folder}/prod/Chart.yaml\n@@ -1,2 +1,2 @@\n name: shop\n-version: 1.0.0\n+version: 1.1.0\n`,
    );
    expect(stdout).toContain(
      'FILE         WHAT      PATH     FROM     TO\nvalues.yaml  shop/web  /image   :v1.0.0  :v2.0.0\nChart.yaml   version   version  1.0.0    1.1.0\n',
    );
    expect(stdout).toMatch(/would write 2 files: 2 versions changed\n$/);
    expect(await production(folder)).toEqual(before);
  });

  it('writes with --yes, byte-exactly, and has nothing to do the second time', async () => {
    const folder = await folderWith(files);
    const first = await promote(folder, ['--yes']);
    const written = await stat(join(folder, 'prod/values.yaml'), { bigint: true });
    const second = await promote(folder, ['--yes', '-o', 'json']);

    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(/wrote 2 files: 2 versions changed\n$/);
    expect(await production(folder)).toEqual(promoted);
    expect(second.json()).toMatchObject({
      changed: false,
      files: [],
      diff: '',
      items: [{ changed: false, from: ':v2.0.0', to: ':v2.0.0' }, { changed: false }],
    });
    expect(await stat(join(folder, 'prod/values.yaml'), { bigint: true })).toMatchObject({ ino: written.ino });
  });

  it('is one document for programs', async () => {
    const folder = await folderWith(files);
    const { exitCode, stdout, json } = await promote(folder, ['--yes', '-o', 'json']);

    expect({ exitCode, lines: stdout.trim().split('\n').length }).toEqual({ exitCode: 0, lines: 1 });
    expect(json()).toEqual({
      changed: true,
      items: [
        { rule: 'shop/web', file: 'values.yaml', doc: 0, path: '/image', what: 'shop/web', from: ':v1.0.0', to: ':v2.0.0', changed: true },
        {
          rule: 'rule 2 (version)',
          file: 'Chart.yaml',
          doc: 0,
          path: 'version',
          what: 'version',
          from: '1.0.0',
          to: '1.1.0',
          changed: true,
        },
      ],
      files: [
        { file: 'Chart.yaml', exact: true },
        { file: 'values.yaml', exact: true },
      ],
      diff: expect.stringContaining('+version: 1.1.0'),
    });
  });

  it.each<readonly [answer: string, exitCode: number, result: object]>([
    ['y\n', 0, promoted],
    ['n\n', 3, before],
    ['', 3, before],
  ])('asks on a terminal, after the difference; %j', async (typed, exitCode, result) => {
    const folder = await folderWith(files);
    const asked = await promote(folder, [], { typed });

    expect(asked.exitCode).toBe(exitCode);
    expect(asked.stderr).toMatch(/\+version: 1\.1\.0\n[\s\S]*Write these 2 files\? \[y\/N\] /);
    expect(await production(folder)).toEqual(result);
  });

  it('refuses without a terminal and without --yes', async () => {
    const folder = await folderWith(files);

    expect(await promote(folder, [])).toMatchObject({ exitCode: 3, stdout: '' });
    expect(await production(folder)).toEqual(before);
  });

  it.each<readonly [what: string, change: Readonly<Record<string, string>>, args: readonly string[], exitCode: number, message: string]>([
    [
      'a rule that matches nothing',
      { 'rules.yaml': 'version: 1\nrules:\n- image: nowhere\n' },
      ['--yes'],
      3,
      'a version of the image nowhere is nowhere in --from',
    ],
    [
      'a version that would go down',
      { 'dev/Chart.yaml': 'name: shop\nversion: 0.9.0\n' },
      ['--yes'],
      3,
      'Chart.yaml version would go down from 1.0.0 to 0.9.0',
    ],
    ['rules that are none', { 'rules.yaml': 'version: 1\nrules:\n- immage: x\n' }, ['--yes'], 2, 'line 3: rules[0].immage unknown field'],
    [
      'a value that cannot be changed safely',
      { 'prod/Chart.yaml': 'a: &a 1.0.0\nversion: !x 1.0.0\nversion: 2\n' },
      ['--yes'],
      3,
      'nothing was promoted',
    ],
  ])('refuses %s, and changes nothing', async (_what, change, args, exitCode, message) => {
    const all = { ...files, ...change };
    const folder = await folderWith(all);
    const result = await promote(folder, [...args, '-o', 'json']);

    expect(result.exitCode).toBe(exitCode);
    expect((result.json() as { error: { message: string } }).error.message).toContain(message);
    expect(await production(folder)).toEqual({ 'values.yaml': all['prod/values.yaml'], 'Chart.yaml': all['prod/Chart.yaml'] });
  });

  it('lets versions go down with --allow-downgrade', async () => {
    const folder = await folderWith({ ...files, 'dev/Chart.yaml': 'version: 0.9.0\n' });

    expect(await promote(folder, ['--yes', '--allow-downgrade'])).toMatchObject({ exitCode: 0 });
    expect((await production(folder))['Chart.yaml']).toBe('name: shop\nversion: 0.9.0\n');
  });

  it.each([
    ['a directory that is not there', (folder: string) => rm(join(folder, 'dev'), { recursive: true }), 'dev cannot be read'],
    [
      'a directory without manifests',
      (folder: string) => rm(join(folder, 'dev'), { recursive: true }).then(() => mkdir(join(folder, 'dev'))),
      'it holds no YAML or JSON file',
    ],
  ])('takes %s for bad input', async (_what, spoil, message) => {
    const folder = await folderWith(files);
    await spoil(folder);
    const { exitCode, stderr } = await promote(folder, ['--yes']);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('the files of a promotion', () => {
  const three = { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n', 'c.yaml': 'c: 1\n' };
  const replacements = (folder: string): Parameters<typeof replaceFiles>[0] =>
    Object.entries(three).map(([name, text]) => ({ path: join(folder, name), before: text, after: text.replace('1', '2') }));
  const contents = async (folder: string): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries(
      await Promise.all((await readdir(folder)).sort().map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
    );

  it('are put back when one of them cannot be put in place', async () => {
    const folder = await folderWith(three);
    const failing: typeof stage = async (path, text) => {
      const staged = await stage(path, text);
      return path.endsWith('c.yaml') ? { ...staged, place: () => Promise.reject(new Error('the disk is gone')) } : staged;
    };

    await expect(replaceFiles(replacements(folder), failing)).rejects.toThrow('nothing was promoted: the disk is gone');
    expect(await contents(folder)).toEqual(three);
  });

  it('stay what they are when one of them cannot be written, or is another by now', async () => {
    const folder = await folderWith(three);
    const all = replacements(folder);
    await expect(replaceFiles([...all, { path: join(folder, 'no/d.yaml'), before: '', after: 'd' }])).rejects.toThrow(
      'nothing was promoted: ENOENT',
    );
    expect(await contents(folder)).toEqual(three);

    await writeFile(join(folder, 'c.yaml'), 'c: 3\n');
    await expect(replaceFiles(all)).rejects.toThrow('c.yaml was changed by someone else meanwhile');
    expect(await contents(folder)).toEqual({ ...three, 'c.yaml': 'c: 3\n' });
  });

  it('are whole, each old or new, when the process is killed in the middle; the next run does the rest', async () => {
    const count = 300;
    const many = Object.fromEntries([...Array(count).keys()].map((n) => [`prod/${n}.yaml`, `image: shop/web:v1 # ${'x'.repeat(2_000)}\n`]));
    const folder = await folderWith({
      'rules.yaml': 'version: 1\nrules:\n- image: shop/web\n',
      'dev/a.yaml': 'image: shop/web:v2\n',
      ...many,
    });
    const args = [
      'manifest',
      'promote',
      '--from',
      join(folder, 'dev'),
      '--to',
      join(folder, 'prod'),
      '--rules',
      join(folder, 'rules.yaml'),
      '--yes',
    ];
    const child = spawnCli(args);
    const isNew = async (name: string): Promise<boolean> => (await readFile(join(folder, name), 'utf8')).includes(':v2');
    const deadline = Date.now() + 15_000;
    while (!(await isNew('prod/5.yaml')) && !(await isNew('prod/99.yaml')) && Date.now() < deadline) await setTimeout(1);
    child.process.kill('SIGKILL');
    await child.exitCode;

    const texts = await Promise.all(Object.keys(many).map((name) => readFile(join(folder, name), 'utf8')));
    const whole = texts.filter((text) => [1, 2].some((version) => text === `image: shop/web:v${version} # ${'x'.repeat(2_000)}\n`));
    expect(whole).toHaveLength(count);
    expect(await runCli(args)).toMatchObject({ exitCode: 0 });
    expect(await Promise.all(Object.keys(many).map(isNew))).not.toContain(false);
  });
});
