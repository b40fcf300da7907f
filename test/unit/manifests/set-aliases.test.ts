import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { runCli } from '../cli/run-cli.ts';
import { folderWith } from '../cli/temp-folder.ts';

async function setIn(
  text: string,
  ...args: readonly string[]
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const folder = await folderWith({ 'values.yaml': text });
  return runCli(['manifest', 'set', `${folder}/values.yaml`, '--stdout', ...args]);
}

const anchors = Array.from({ length: 500 }, (_, index) => `k${index}: &k${index}\n  a: x # pad pad pad pad pad\n`).join('');
const large = `${anchors}m:\n  <<: *k7\n  c: 1\nl:\n  - *k9\n`;
const many = `d: &d {a: 1, b: 2}\n${Array.from({ length: 120 }, (_, index) => `s${index}:\n  <<: *d\n  n: ${index}\n`).join('')}`;

describe('growing a file', () => {
  it.each([
    ['whose anchor is far from its alias, beside the alias', large, 'm.z=9'],
    ['whose anchor is far from its alias, over what it merges', large, 'm.a=9'],
    ['whose anchor is far from its alias, at the root', large, 'q.z=1'],
    ['whose anchor is far from its alias, behind it in a list', large, 'l[-1]=9'],
    ['with more than a hundred aliases', many, 'newkey=1'],
  ])('%s adds its lines and changes no other', async (_, text, edit) => {
    const { exitCode, stdout, stderr } = await setIn(text, edit, '--create');

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const kept = stdout.split('\n').filter((line) => text.split('\n').includes(line));
    expect(kept.length).toBeGreaterThanOrEqual(text.split('\n').length);
  });

  it('with an alias that stands for nothing is refused or done, and never a crash', async () => {
    const { exitCode } = await setIn('a: 1\nx: *nope\n', 'y=1', '--create');

    expect([0, 2, 3]).toContain(exitCode);
  });
});

describe('a text that begins with a tab', () => {
  it('is not written into a block, which libyaml and kubectl would refuse', async () => {
    const { exitCode, stdout } = await setIn('data:\n  run.mk: |\n    all:\n', '--string', 'data["run.mk"]=\techo hi\nall:\n');

    expect(exitCode).toBe(0);
    expect(stdout).toBe('data:\n  run.mk: "\\techo hi\\nall:\\n"\n');
    expect(parseDocument(stdout).toJS()).toEqual({ data: { 'run.mk': '\techo hi\nall:\n' } });
  });
});

describe('a commit hash that looks like a number', () => {
  it.each(['12e4567', '1234e56'])('%s is not made a number in passing: it wants --string', async (hash) => {
    const refused = await setIn('tag: v1\n', `tag=${hash}`);
    expect([refused.exitCode, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain('--string');

    const { stdout } = await setIn('tag: v1\n', `tag=${hash}`, '--string');
    expect(stdout).toBe(`tag: "${hash}"\n`);
  });
});
