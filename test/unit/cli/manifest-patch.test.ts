import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2   # two\n  paused: true\n';

/** Runs `manifest patch` on a file with that text. */
async function patched(
  text: string,
  args: readonly string[],
  options: CliOptions & { readonly name?: string; readonly files?: Readonly<Record<string, string>> } = {},
): Promise<CliResult & { readonly after: string; readonly folder: string }> {
  const { name = 'app.yaml', files = {}, ...rest } = options;
  const folder = await folderWith({ [name]: text, ...files });
  const path = join(folder, name);
  const result = await runCli(['manifest', 'patch', path, ...args.map((arg) => arg.replace('FOLDER', folder))], rest);
  const left = (await readdir(folder)).filter((file) => file.endsWith('.tmp'));
  expect(left).toEqual([]);
  return { ...result, after: await readFile(path, 'utf8'), folder };
}

describe('manifest patch', () => {
  it('changes a scalar and no other byte', async () => {
    const { exitCode, stdout, stderr, after, folder } = await patched(deployment, [
      '--type',
      'merge',
      '--patch',
      '{"spec":{"replicas":3}}',
    ]);

    expect({ exitCode, stderr, after }).toEqual({ exitCode: 0, stderr: '', after: deployment.replace('2   # two', '3   # two') });
    expect(stdout).toBe(`${folder}/app.yaml: /spec/replicas: 2 -> 3\n`);
  });

  it('adds and takes away lines, and changes no other byte', async () => {
    const { exitCode, stderr, after } = await patched(deployment, ['--type', 'merge', '--patch', 'spec: {paused: null, x: [a]}']);

    expect({ exitCode, stderr, after }).toEqual({
      exitCode: 0,
      stderr: '',
      after: deployment.replace('  paused: true\n', '  x:\n  - a\n'),
    });
  });

  it('moves lines as they are, and says where they were', async () => {
    const patch = '[{"op":"move","from":"/spec/replicas","path":"/spec/z"}]';
    const { stdout, stderr, after, folder } = await patched(deployment, ['--type', 'json', '--patch', patch]);
    const programs = await patched(deployment, ['--type', 'json', '--patch', patch, '-o', 'json']);

    expect(stderr).toBe('');
    expect(after).toBe(deployment.replace('  replicas: 2   # two\n', '').concat('  z: 2   # two\n'));
    expect(stdout).toBe(`${folder}/app.yaml: /spec/replicas: removed 2\n${folder}/app.yaml: /spec/z: 2, as it was at /spec/replicas\n`);
    expect(programs.json()).toMatchObject({
      exact: true,
      changes: [
        { action: 'remove', path: '/spec/replicas', from: 2 },
        { action: 'add', path: '/spec/z', origin: '/spec/replicas', to: 2 },
      ],
    });
  });

  it('prints the document anew for anything else, and says so', async () => {
    const { exitCode, stderr, after } = await patched(deployment, ['--type', 'merge', '--patch', 'spec: {paused: [a]}']);

    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: document 0 of .*app\.yaml is printed anew: its comments and quotes stay/);
    expect(after).toBe(deployment.replace('  paused: true\n', '  paused:\n  - a\n').replace('   # two', ' # two'));
  });

  it('keeps a JSON file JSON, with its indentation', async () => {
    const text = '{\n    "kind": "Service",\n    "apiVersion": "v1",\n    "spec": {\n        "ports": [1.0]\n    }\n}\n';
    const args = ['--type', 'merge', '--patch', 'spec: {ports: null, type: NodePort}'];

    expect((await patched(text, args, { name: 'app.json' })).after).toBe(
      '{\n    "kind": "Service",\n    "apiVersion": "v1",\n    "spec": {\n        "type": "NodePort"\n    }\n}\n',
    );
  });

  it('takes the patch from a file in YAML, or from standard input', async () => {
    const patch = 'spec:\n  replicas: 5\n';
    const fromFile = await patched(deployment, ['--type', 'strategic', '--patch', '@FOLDER/patch.yaml'], {
      files: { 'patch.yaml': patch },
    });
    const fromInput = await patched(deployment, ['--type', 'strategic', '--patch', '@-'], { stdin: patch });

    for (const { exitCode, after } of [fromFile, fromInput])
      expect({ exitCode, after }).toEqual({ exitCode: 0, after: deployment.replace('2 ', '5 ') });
  });

  it('takes the file from standard input to standard output', async () => {
    const result = await runCli(['manifest', 'patch', '-', '--type', 'merge', '--patch', '{"b": 1}'], { stdin: 'a: 1' });

    expect(result).toMatchObject({ exitCode: 0, stdout: 'a: 1\nb: 1', stderr: '' });
  });

  it('leaves the file alone with --stdout and with --dry-run', async () => {
    const args = ['--type', 'merge', '--patch', '{"spec":{"replicas":3}}'];
    const printed = await patched(deployment, [...args, '--stdout']);
    const looked = await patched(deployment, [...args, '--dry-run']);

    expect([printed.after, looked.after]).toEqual([deployment, deployment]);
    expect(printed.stdout).toBe(deployment.replace('2 ', '3 '));
    expect(looked.stdout).toContain('-  replicas: 2   # two\n+  replicas: 3   # two\n');
  });

  it('is one document for programs', async () => {
    const { stdout, json } = await patched(deployment, [
      '--type',
      'merge',
      '--patch',
      '{"spec":{"replicas":3,"paused":null,"x":[1]}}',
      '-o',
      'json',
    ]);

    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(json()).toEqual({
      changed: true,
      exact: true,
      doc: 0,
      changes: [
        { action: 'replace', path: '/spec/replicas', from: 2, to: 3 },
        { action: 'remove', path: '/spec/paused', from: true },
        { action: 'add', path: '/spec/x', to: [1] },
      ],
    });
  });

  it('says that there is nothing to do, and does not write', async () => {
    const folder = await folderWith({ 'app.yaml': deployment });
    const before = await stat(join(folder, 'app.yaml'), { bigint: true });
    const result = await runCli(['manifest', 'patch', join(folder, 'app.yaml'), '--type', 'merge', '--patch', '{"spec":{"replicas":2}}']);

    expect(result).toMatchObject({ exitCode: 0, stdout: `${folder}/app.yaml is as the patch wants it already\n` });
    expect(await stat(join(folder, 'app.yaml'), { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  });

  it('keeps the mode of the file, and a link a link', async () => {
    const folder = await folderWith({ 'app.yaml': deployment });
    await chmod(join(folder, 'app.yaml'), 0o640);
    await symlink('app.yaml', join(folder, 'link.yaml'));
    await runCli(['manifest', 'patch', join(folder, 'link.yaml'), '--type', 'merge', '--patch', '{"spec":{"replicas":9}}']);

    expect((await stat(join(folder, 'app.yaml'))).mode & 0o777).toBe(0o640);
    expect(await readFile(join(folder, 'app.yaml'), 'utf8')).toContain('replicas: 9');
  });

  it.each<readonly [what: string, args: readonly string[], exitCode: number, message: string]>([
    ['a patch that is neither JSON nor YAML', ['--type', 'merge', '--patch', '{"a": ['], 2, 'the patch cannot be read (line 1)'],
    ['an empty patch', ['--type', 'merge', '--patch', '# nothing'], 2, 'the patch cannot be used: it is empty'],
    ['two patches', ['--type', 'merge', '--patch', 'a: 1\n---\nb: 2'], 2, 'it holds several documents'],
    ['a patch file that is not there', ['--type', 'merge', '--patch', '@FOLDER/no.yaml'], 2, 'there is no such file'],
    ['an unknown operation', ['--type', 'json', '--patch', '[{"op":"frob","path":"/a"}]'], 2, 'operation 0 of the JSON patch is wrong'],
    [
      'a list item without its merge key',
      ['--type', 'strategic', '--patch', '{"spec":{"template":{"spec":{"containers":[{"image":"x"}]}}}}'],
      2,
      'does not contain declared merge key: name',
    ],
    ['an unknown type', ['--type', 'apply', '--patch', '{}'], 2, "argument 'apply' is invalid"],
    ['no type', ['--patch', '{}'], 2, "required option '--type <type>' not specified"],
    [
      'a removal of what is not there',
      ['--type', 'json', '--patch', '[{"op":"remove","path":"/spec/x"}]'],
      3,
      'operation 0 (remove /spec/x) does not fit',
    ],
    [
      'another name for its object',
      ['--type', 'merge', '--patch', '{"metadata":{"name":"db"}}'],
      3,
      'the patch makes another object: its name would be db, not web',
    ],
    [
      'a document that is not there',
      ['--type', 'merge', '--patch', '{"a":1}', '--doc', 'Service/web'],
      3,
      'there is no document Service/web',
    ],
  ])('refuses %s and leaves the file alone', async (_what, args, exitCode, message) => {
    const text = deployment.replace('paused: true', 'template: {spec: {containers: [{name: web}]}}');
    const result = await patched(text, [...args, '-o', 'json']);

    expect(result).toMatchObject({ exitCode, after: text });
    expect((result.json() as { error: { message: string } }).error.message).toContain(message);
  });

  it('refuses a value behind an alias, without a word of flags that it has not', async () => {
    const text = 'a: &x {b: 1}\nc: *x\nd: &y 1\ne: *y\n';
    const through = await patched(text, ['--type', 'merge', '--patch', '{"c":{"b":2}}']);
    const at = await patched(text, ['--type', 'merge', '--patch', '{"e":2}']);

    for (const { exitCode, after } of [through, at]) expect({ exitCode, after }).toEqual({ exitCode: 3, after: text });
    expect(through.stderr).toContain('hint: change it where &x is, or write the value out in place of the alias');
    expect(at.stderr).toContain('hint: change it where &y is, or write the value out in place of the alias');
    expect(through.stderr + at.stderr).not.toMatch(/--(?:follow|replace)-alias/);
  });

  it('refuses a strategic patch of a custom resource and names what to use', async () => {
    const text = 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web}\n';
    const { exitCode, stderr, after } = await patched(text, ['--type', 'strategic', '--patch', '{}']);

    expect({ exitCode, after }).toEqual({ exitCode: 3, after: text });
    expect(stderr).toContain('hint: use a merge patch');
  });
});
