import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const schema = {
  type: 'object',
  required: ['image'],
  additionalProperties: false,
  properties: {
    image: { type: 'string', pattern: '^[a-z/.]+$' },
    replicas: { type: 'integer', minimum: 1 },
    stage: { enum: ['dev', 'prod'] },
  },
};
const files = {
  't.yaml.liquid': '# made\nkind: Deployment\nspec:\n  replicas: {{ replicas }}\n  image: {{ image | quote }}\n',
  'base.yaml': 'image: shop/web\nreplicas: 1\nstage: dev\n',
  'prod.yaml': 'replicas: 3\nstage: null\n',
  'schema.json': JSON.stringify(schema),
};
const rendered = '# made\nkind: Deployment\nspec:\n  replicas: 3\n  image: "shop/web"\n';

/** @param args with FOLDER for the folder of the files */
async function render(
  args: readonly string[],
  options: CliOptions & { readonly more?: Readonly<Record<string, string>> } = {},
): Promise<CliResult & { readonly folder: string }> {
  const { more = {}, ...rest } = options;
  const folder = await folderWith({ ...files, ...more });
  return { ...(await runCli(['manifest', 'render', ...args.map((arg) => arg.replace('FOLDER', folder))], rest)), folder };
}

const template = 'FOLDER/t.yaml.liquid';
const values = ['--values', 'FOLDER/base.yaml', '--values', 'FOLDER/prod.yaml'];

describe('manifest render', () => {
  it('lays values over each other and prints what comes out, to the byte', async () => {
    expect(await render([template, ...values])).toMatchObject({ exitCode: 0, stdout: rendered, stderr: '' });
  });

  it('lays what is set on the command line over the files', async () => {
    const { stdout } = await render([template, ...values, '--set', 'replicas=5', '--set-string', 'image=1.20']);

    expect(stdout).toBe(rendered.replace('3', '5').replace('shop/web', '1.20'));
  });

  it('writes a file, and leaves it alone when it is as it should be', async () => {
    const folder = await folderWith(files);
    const args = [
      'manifest',
      'render',
      ...[template, ...values, '--output-file', 'FOLDER/out.yaml'].map((arg) => arg.replace('FOLDER', folder)),
    ];
    const first = await runCli([...args, '-o', 'json']);
    const { ino } = await stat(join(folder, 'out.yaml'));
    const second = await runCli(args);

    expect(first.json()).toEqual({ file: join(folder, 'out.yaml'), format: 'yaml', changed: true });
    expect(await readFile(join(folder, 'out.yaml'), 'utf8')).toBe(rendered);
    expect(second.stdout).toBe(`${folder}/out.yaml is as it should be already\n`);
    expect((await stat(join(folder, 'out.yaml'))).ino).toBe(ino);
  });

  it('is one document for programs', async () => {
    expect((await render([template, ...values, '-o', 'json'])).json()).toEqual({ text: rendered, format: 'yaml' });
  });

  it.each<readonly [name: string, args: readonly string[], text: string, format: string]>([
    ['a.json', [], '{"a": 1}', 'json'],
    ['a.conf.liquid', [], 'a: [1', 'text'],
    ['a.yml', [], 'a: 1', 'yaml'],
    ['a.liquid', ['--format', 'yaml'], 'a: 1', 'yaml'],
  ])('knows what %s makes', async (name, args, text, format) => {
    expect((await render([`FOLDER/${name}`, ...args, '-o', 'json'], { more: { [name]: text } })).json()).toEqual({ text, format });
  });

  it('takes the template, or the values, from standard input', async () => {
    expect(await render(['-', '--set', 'x=1'], { stdin: 'a={{ x }}' })).toMatchObject({ exitCode: 0, stdout: 'a=1' });
    expect(await render([template, '--values', '-'], { stdin: '{"replicas": 3, "image": "shop/web"}' })).toMatchObject({
      stdout: rendered,
    });
    expect(await render(['-', '--values', '-'])).toMatchObject({ exitCode: 2 });
  });

  it('warns of a number that comes out otherwise than it is written', async () => {
    const { exitCode, stderr } = await render([template, '--values', 'FOLDER/v.yaml'], { more: { 'v.yaml': 'image: x\nreplicas: 03\n' } });

    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: .*v\.yaml, line 2: 03 is a number and comes out as 3; write "03" for the text\n$/);
  });

  it('keeps every digit of integers, from files and the command line, through schemas', async () => {
    const more = {
      'ids.yaml.liquid': 'a: {{ a }}\nb: {{ b.c | json }}\nd: {{ d }}\n',
      'ids.yaml': 'a: 12345678901234567890\nb: {c: [1]}\n',
      'more.json': '{"b": {"c": [98765432109876543210]}}',
      'ids.json': JSON.stringify({ properties: { a: { type: 'integer', minimum: 1 }, d: { type: 'integer' } } }),
    };
    const args = ['FOLDER/ids.yaml.liquid', '--values', 'FOLDER/ids.yaml', '--values', 'FOLDER/more.json', '--set', 'd=-9007199254740993'];

    expect(await render([...args, '--schema', 'FOLDER/ids.json', '--result-schema', 'FOLDER/ids.json'], { more })).toMatchObject({
      exitCode: 0,
      stdout: 'a: 12345678901234567890\nb: [98765432109876543210]\nd: -9007199254740993\n',
      stderr: '',
    });
  });

  it('checks the values and the result by schemas', async () => {
    const result = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['kind'],
      properties: { spec: { type: 'object' } },
    };
    const args = [template, ...values, '--schema', 'FOLDER/schema.json', '--result-schema', 'FOLDER/result.yaml'];

    expect(await render(args, { more: { 'result.yaml': JSON.stringify(result) } })).toMatchObject({ exitCode: 0, stdout: rendered });
  });

  it('tells everything that does not fit a schema', async () => {
    const { exitCode, json } = await render([template, '--values', 'FOLDER/v.yaml', '--schema', 'FOLDER/schema.json', '-o', 'json'], {
      more: { 'v.yaml': 'replicas: 0\nstage: test\nextra: 1\n' },
    });

    expect(exitCode).toBe(2);
    expect(json()).toMatchObject({
      error: {
        code: 'bad_input',
        message: expect.stringMatching(
          /^the values do not fit .*schema\.json: the whole must have required property 'image'; the whole has "extra", which is not known; \/replicas must be >= 1; \/stage must be one of \["dev","prod"\]$/,
        ),
      },
    });
  });

  it.each<readonly [what: string, args: readonly string[], exitCode: number, message: string]>([
    [
      'a variable without a value',
      [template, '--values', 'FOLDER/prod.yaml'],
      2,
      'line 5, column 13: {{ image | quote }} names image, which has no value',
    ],
    ['a value that null has deleted', [template, ...values, '--set', 'image=null'], 2, 'names image, which has no value'],
    ['a value that would break the document', [template, ...values, '--set', 'replicas="a: b"'], 3, 'line 4, column 13: {{ replicas }}'],
    ['a result that does not fit', [template, ...values, '--result-schema', 'FOLDER/schema.json'], 2, 'what '],
    ['a schema that is none', [template, ...values, '--schema', 'FOLDER/base.yaml'], 2, 'cannot be used'],
    ['a schema that refers to another', [template, ...values, '--schema', 'FOLDER/ref.json'], 2, "can't resolve reference other.json"],
    ['a schema for a text', ['FOLDER/base.conf', '--format', 'text', '--result-schema', 'FOLDER/schema.json'], 2, 'a text has no schema'],
    ['values that are not there', [template, '--values', 'FOLDER/no.yaml'], 2, 'there is no such file'],
  ])('refuses %s and writes nothing', async (_what, args, exitCode, message) => {
    const more = { 'base.conf': 'x', 'ref.json': '{"$ref": "other.json"}', 'base.yaml': `${files['base.yaml']}type: nonsense\n` };
    const result = await render([...args, '--output-file', 'FOLDER/out.yaml', '-o', 'json'], { more: { ...more } });

    expect(result.exitCode).toBe(exitCode);
    expect((result.json() as { error: { message: string } }).error.message).toContain(message);
    expect(await readdir(result.folder)).not.toContain('out.yaml');
  });
});
