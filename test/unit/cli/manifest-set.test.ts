import { chmod, lstat, readdir, readFile, realpath, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliResult, runCli } from './run-cli.ts';
import { spawnCli } from './spawn-cli.ts';
import { folderWith } from './temp-folder.ts';

const VALUES = 'image:\n  tag: v1 # keep me\n  pull: Always\n';

async function fileWith(content: string | Uint8Array, name = 'values.yaml'): Promise<string> {
  const file = join(await folderWith(), name);
  await writeFile(file, content);
  return file;
}

function set(file: string, ...words: readonly string[]): Promise<CliResult> {
  return runCli(['manifest', 'set', file, ...words]);
}

describe('manifest set', () => {
  it('changes the value in the file and says where', async () => {
    const file = await fileWith(VALUES);

    const { exitCode, stdout, stderr } = await set(file, 'image.tag=v2', 'image.pull=Never');

    expect(await readFile(file, 'utf8')).toBe('image:\n  tag: v2 # keep me\n  pull: Never\n');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: `${file}:2: image.tag: "v1" -> "v2"\n${file}:3: image.pull: "Always" -> "Never"\n`,
      stderr: '',
    });
  });

  it('tells programs what was changed, with the type it had and has', async () => {
    const file = await fileWith('---\na: "1"\n---\nb: [x]\n');

    const result = await set(file, 'a=2', 'b.-1=y', '-o', 'json');

    expect(result.json()).toEqual({
      changed: true,
      edits: [
        { path: 'a', doc: 0, from: '1', to: 2, line: 2 },
        { path: 'b.-1', doc: 1, to: 'y', line: 4 },
      ],
    });
  });

  it('counts the lines of the file that results', async () => {
    const file = await fileWith('a: |\n  one\n  two\nb: 1\nc:\n  d: 1\n');

    const result = await set(file, 'c.e=5', 'b=2', 'a=x', '--create', '-o', 'json');

    expect(result.json()).toMatchObject({
      edits: [
        { path: 'c.e', line: 5 },
        { path: 'b', line: 2 },
        { path: 'a', line: 1 },
      ],
    });
    expect(await readFile(file, 'utf8')).toBe('a: "x"\nb: 2\nc:\n  d: 1\n  e: 5\n');
  });

  it('leaves a file alone in which nothing is to change', async () => {
    const file = await fileWith(VALUES);
    await utimes(file, 1, 1);
    const before = await stat(file);

    const { exitCode, stdout } = await set(file, 'image.tag=v1');
    const json = await set(file, 'image.tag=v1', '-o', 'json');

    const after = await stat(file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${file} is as asked for already\n` });
    expect(json.json()).toEqual({ changed: false, edits: [] });
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it('makes all edits or none', async () => {
    const file = await fileWith(VALUES);

    const { exitCode, stderr } = await set(file, 'image.tag=v2', 'image.tga=v3');

    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      'error: image.tga was not set: there is no key "tga", but there is "tag"\nhint: add --create to make it, or correct the path\n',
    );
    expect(await readFile(file, 'utf8')).toBe(VALUES);
  });

  it('keeps the mode of the file and the symbolic link to it, and leaves nothing beside it', async () => {
    const folder = await folderWith({ 'real/values.yaml': VALUES });
    const target = join(folder, 'real/values.yaml');
    await chmod(target, 0o666);
    await symlink('real/values.yaml', join(folder, 'link.yaml'));

    const { exitCode } = await set(join(folder, 'link.yaml'), 'image.tag=v2');

    expect(exitCode).toBe(0);
    expect((await lstat(join(folder, 'link.yaml'))).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toContain('v2 # keep me');
    expect((await stat(target)).mode & 0o777).toBe(0o666);
    expect(await readdir(join(await realpath(folder), 'real'))).toEqual(['values.yaml']);
  });

  it.each([
    ['kustomization.yaml', 'images:\n- name: web\n  newTag: v1\n', 'images[0].newTag'],
    ['any.yaml', 'kind: Component\nimages:\n- name: web\n  newTag: v1\n', '/images/0/newTag'],
    ['flux.yaml', 'kind: Kustomization\nspec:\n  images:\n  - name: web\n    newTag: v1\n', 'spec.images.0.newTag'],
  ])('takes the image fields of a kustomization for texts: %s', async (name, text, path) => {
    const file = join(await folderWith({ [name]: text }), name);

    const results = [await set(file, `${path}=3.2e2`), await set(file, `${path}=0755`, `${path.replace('newTag', 'name')}=12e4567`)];

    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await readFile(file, 'utf8')).toBe(text.replace('v1', '"0755"').replace('web', '"12e4567"'));
  });

  it('reads the values of other files and paths by their looks', async () => {
    const file = join(await folderWith({ 'values.yaml': 'images:\n- newTag: v1\n' }), 'values.yaml');

    await set(file, 'images[0].newTag=1.5');

    expect(await readFile(file, 'utf8')).toBe('images:\n- newTag: 1.5\n');
  });

  it('does not replace a file that is read-only', async () => {
    const file = await fileWith(VALUES);
    await chmod(file, 0o444);

    const { exitCode, stderr } = await set(file, 'image.tag=v2');

    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `error: ${file} cannot be written: ${file} is read-only\nhint: check the permissions of the file and of its directory\n`,
    );
    expect(await readFile(file, 'utf8')).toBe(VALUES);
  });

  it('keeps a byte order mark, and characters of any width', async () => {
    const file = await fileWith('\uFEFF"clé": {"😀": v1}\r\n');

    await set(file, '["clé"]["😀"]=é');

    expect(await readFile(file)).toEqual(Buffer.from('\uFEFF"clé": {"😀": é}\r\n'));
  });

  it('refuses a file that is not in UTF-8', async () => {
    const file = await fileWith(Buffer.from([...Buffer.from('a: '), 0xe9, 10]));

    const { exitCode, stderr } = await set(file, 'a=b');

    expect(exitCode).toBe(3);
    expect(stderr).toContain('not in UTF-8');
    expect(await readFile(file)).toEqual(Buffer.from([...Buffer.from('a: '), 0xe9, 10]));
  });

  it('edits a JSON file as JSON', async () => {
    const file = await fileWith('{\n\t"version": "1.0",\n\t"n": 1e2\n}\n', 'package.json');

    await set(file, '--string', 'version=1.10');

    expect(await readFile(file, 'utf8')).toBe('{\n\t"version": "1.10",\n\t"n": 1e2\n}\n');
  });

  it('takes no comments in a JSON file', async () => {
    const file = await fileWith('{ // c\n"a": 1 }', 'tsconfig.json');

    const { exitCode, stderr } = await set(file, 'a=2');

    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('it is no JSON')]);
  });
});

describe('manifest set without writing', () => {
  it('goes from standard input to standard output, to the byte', async () => {
    const { exitCode, stdout, stderr } = await runCli(['manifest', 'set', '-', 'a=2'], { stdin: '\uFEFFa: 1\r\n---\r\n# c' });

    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '\uFEFFa: 2\r\n---\r\n# c', stderr: '' });
  });

  it('keeps JSON from standard input JSON', async () => {
    const { stdout } = await runCli(['manifest', 'set', '-', '--create', 'b=x'], { stdin: '{"a": 1}' });

    expect(stdout).toBe('{"a": 1, "b": "x"}');
  });

  it('prints the result with --stdout and leaves the file alone', async () => {
    const file = await fileWith(VALUES);

    const text = await set(file, 'image.tag=v2', '--stdout');
    const json = await set(file, 'image.tag=v2', '--stdout', '-o', 'json');

    expect(text.stdout).toBe(VALUES.replace('v1', 'v2'));
    expect(json.json()).toMatchObject({ changed: true, text: VALUES.replace('v1', 'v2') });
    expect(await readFile(file, 'utf8')).toBe(VALUES);
  });

  it('shows the difference with --dry-run', async () => {
    const file = await fileWith(VALUES);

    const text = await set(file, 'image.tag=v2', '--dry-run');
    const same = await set(file, 'image.tag=v1', '--dry-run');
    const json = await set(file, 'image.tag=v2', '--dry-run', '-o', 'json');

    const diff = `--- ${file}\n+++ ${file}\n@@ -1,3 +1,3 @@\n image:\n-  tag: v1 # keep me\n+  tag: v2 # keep me\n   pull: Always`;
    expect(text.stdout).toBe(`${diff}\n`);
    expect(same.stdout).toBe(`${file} is as asked for already\n`);
    expect(json.json()).toMatchObject({ changed: true, dryRun: true, diff });
    expect(await readFile(file, 'utf8')).toBe(VALUES);
  });

  it('passes text through a pipe as it is, in a process of its own', async () => {
    const cli = spawnCli(['manifest', 'set', '-', 'tag=v2']);
    cli.process.stdin.end('tag: v1   # é\n\n');

    expect([await cli.stdout, await cli.stderr, await cli.exitCode]).toEqual(['tag: v2   # é\n\n', '', 0]);
  });
});

describe('what manifest set says when it cannot', () => {
  it.each([
    ['no.such/file.yaml', ['a=1'], 2, 'there is no such file'],
    ['.', ['a=1'], 2, 'it is a directory'],
  ])('of the file %s', async (file, words, code, message) => {
    const { exitCode, stderr } = await set(file, ...words);

    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
  });

  it.each([
    [['image.tag'], 2, '"image.tag" cannot be set: it has no value'],
    [[], 2, "missing required argument 'path=value'"],
    [['image..tag=1'], 2, 'a part of it is empty, in column 7'],
    [['image.tag=1', '--doc', 'x'], 2, 'its kind and name'],
    [['image.tag=1', '--follow-aliases', '--replace-alias'], 2, 'cannot be used with'],
    [['image.tag=1', '--doc', '0', '--all-docs'], 2, 'cannot be used with'],
    [['image.tag=1', '--doc', '3'], 3, 'there is no document 3'],
    [['image.tag=0755'], 3, 'YAML 1.1 an octal one'],
    [['image.tag.x=1'], 3, 'neither a mapping nor a list'],
    [['image=x'], 3, 'a mapping is there'],
  ])('of %j', async (words, code, message) => {
    const file = await fileWith(VALUES);

    const { exitCode, stderr } = await set(file, ...words);

    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(await readFile(file, 'utf8')).toBe(VALUES);
  });

  it.each([
    ['an open bracket', 'a: [1\n', 2, 'line 2'],
    ['a line with too many blanks', 'a: 1\n b: 2\n', 2, 'line 1'],
    ['a tab before a dash', 'a:\n\t- b\n', 2, 'Tabs are not allowed'],
    ['a template of Helm', 'a: {{ .Values.b }}\n', 3, 'template that has not been rendered'],
    ['keys that are lists', 'a: 1\n? [b, c]\n: {? d : e}\n', 3, 'not edited safely'],
    ['line ends of old', 'a: "1\r2"\n', 3, 'a lone carriage return'],
    ['a control character', 'a: \u0000\n', 3, 'a control character'],
    ['two thousand brackets', `a: ${'['.repeat(2_000)}${']'.repeat(2_000)}\n`, 3, 'nested'],
  ])('of a file with %s', async (_, text, code, message) => {
    const file = await fileWith(text);

    const { exitCode, stderr } = await set(file, 'a=2');

    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('gives programs the reason as data', async () => {
    const file = await fileWith('a: &x 1\nb: *x\n');

    const result = await set(file, 'b=2', '-o', 'json');

    expect(result.json()).toEqual({
      error: { code: 'refused', message: 'b was not set: it is the alias *x', hint: expect.stringContaining('--follow-aliases') },
    });
  });

  it('warns of a text in quotes that becomes a number', async () => {
    const file = await fileWith('a: "1.19"\nb: "x"\n');

    const { exitCode, stderr } = await set(file, 'a=1.20', 'b=y');

    expect([exitCode, stderr]).toEqual([0, 'warning: a: it was a text in quotes, and is a number now; add --string to keep it a text\n']);
  });

  it('warns of who else uses a value that was changed', async () => {
    const file = await fileWith('a: &x 1\nb: *x\nc: [*x]\n');

    const { exitCode, stderr } = await set(file, 'a=2');

    expect([exitCode, stderr]).toEqual([0, 'warning: a: the value is marked &x, and is used in line 2, 3 as well\n']);
  });
});
