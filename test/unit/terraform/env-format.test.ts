import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../../lib/platform/errors.ts';
import { envFormat } from '../../../lib/terraform/env-format.ts';
import { folderWith } from '../cli/temp-folder.ts';
import { outputsOf } from './documents.ts';

/** Any text that UTF-8 has, and what shells trip over more often than chance would. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '\\',
        '$HOME',
        '$(id)',
        '`id`',
        '\n',
        '\r',
        '\t',
        ' ',
        '!',
        '#',
        '&',
        ';',
        '|',
        '*',
        '?',
        '~',
        '--',
        '-n',
        '=',
        '{a,b}',
        '%s',
        '\u2028',
        '😀',
        'ü',
        '\u0001',
        '\u007f',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0')),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** bash reads ~/.bashrc when its standard input is a socket, as pipes of Node are. */
const alone = { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] } satisfies SpawnSyncOptions;

/** What a real shell makes of the assignments: each variable, ended by a NUL. */
function readBy(shell: string, file: string, names: readonly string[]): readonly string[] {
  const body = `. "$1"; printf '%s\\0' ${names.map((name) => `"$${name}"`).join(' ')}`;
  const { stdout, status, stderr } = spawnSync(shell, ['-c', body, shell, file], { ...alone, encoding: 'buffer' });
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  return stdout.toString('utf8').split('\0').slice(0, -1);
}

describe.each(['sh', 'bash'])('%s', (shell) => {
  it('reads back random values exactly, run from a file and evaluated from a substitution', async () => {
    const file = join(await folderWith(), 'env');

    void fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 40 }), (values) => {
        const outputs = outputsOf(Object.fromEntries(values.map((value, index) => [`o${index}`, value])));
        writeFileSync(file, envFormat(outputs).text);
        const names = values.map((_, index) => `o${index}`);
        const evaluated = spawnSync(shell, ['-c', `eval "$(cat "$1")"; printf %s "$o0"`, shell, file], { ...alone, encoding: 'utf8' });

        expect(readBy(shell, file, names)).toEqual(values);
        expect(evaluated.stdout).toBe(values[0]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('reads lists, numbers and booleans as JSON, and hands exported ones on', async () => {
    const values = { list: ["it's", { a: null }], big: new LosslessNumber('12345678901234567890123456789'), flag: true, empty: '' };
    const file = join(await folderWith(), 'env');
    writeFileSync(file, envFormat(outputsOf(values), { prefix: 'tf_', exported: true }).text);

    const { stdout } = spawnSync(shell, ['-c', '. "$1"; env | grep ^tf_ | sort', shell, file], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });

    expect(stdout).toBe('tf_big=12345678901234567890123456789\ntf_empty=\ntf_flag=true\ntf_list=["it\'s",{"a":null}]\n');
  });
});

describe('names of variables', () => {
  it('are made valid', () => {
    const { text } = envFormat(outputsOf({ 'vpc-id': 'a', größe: 'b', '1st': 'c' }));

    expect(text.split('\n').filter(Boolean).sort()).toEqual(["_1st='c'", "gr__e='b'", "vpc_id='a'"]);
  });

  it('that two outputs would share are refused, with both names', () => {
    expect(() => envFormat(outputsOf({ 'a-b': 'x', a_b: 'y' }))).toThrow(RefusedError);
    expect(() => envFormat(outputsOf({ 'a-b': 'x', a_b: 'y' }))).toThrow('outputs a-b and a_b would both become the variable a_b');
  });

  it.each(['PATH', 'IFS', 'LD_PRELOAD', 'BASH_ENV', 'UID', '_', '-', 'NODE_OPTIONS', 'GITHUB_TOKEN'])(
    'that steer a shell, as %s, are refused without a prefix',
    (name) => {
      expect(() => envFormat(outputsOf({ [name]: 'x' }))).toThrow(/would take over the variable/);
      expect(envFormat(outputsOf({ [name]: 'x' }), { prefix: 'tf_' }).text).toContain("='x'\n");
    },
  );
});

describe('values that no text is', () => {
  it('are left out when they are null', () => {
    expect(envFormat(outputsOf({ a: null, b: 'x' }))).toEqual({ text: "b='x'\n", left: ['a'] });
  });

  it.each([['a\0b'], ['\ud800'], ['x\udc00y']])('are refused: %j', (value) => {
    expect(() => envFormat(outputsOf({ secret: value }))).toThrow('output secret cannot be written as text');
    // JSON has an escape for both.
    expect(envFormat(outputsOf({ list: [value] })).text).toContain('\\u');
  });
});
