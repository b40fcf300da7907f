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
});

describe('an alias that stands for nothing, anywhere in the file', () => {
  it.each([
    ['beside the value', 'a: 1\nx: *nope\n', 2],
    ['in front of its anchor', 'x: [*late]\na: 1\nb: &late 2\n', 1],
    ['whose anchor is in another document', 'a: &there 1\n---\nb: {c: *there}\n', 3],
    ['as a key', 'a: 1\n? *nope\n: 2\n', 2],
    ['that is merged', 'a: 1\nb:\n  <<: *nope\n', 3],
  ])('%s has the file refused', async (_where, text, line) => {
    for (const args of [['a=2'], ['y=1', '--create']]) {
      const { exitCode, stdout, stderr } = await setIn(text, '--all-docs', ...args);

      expect([exitCode, stdout]).toEqual([3, '']);
      expect(stderr).toContain(`line ${line} uses the alias *`);
    }
  });

  it.each([
    ['behind its anchor', 'a: &x 1\nb: *x\nc: 1\n', 'c'],
    ['in its own anchor', 'a: &x [1, *x]\nc: 1\n', 'c'],
    ['of a key', '&k key: 1\nb: *k\nc: 1\n', 'c'],
    ['of an anchor that is there twice', 'a: &x 1\nb: &x 2\nd: *x\nc: 1\n', 'c'],
  ])('an alias %s does not', async (_where, text, path) => {
    const { exitCode, stdout } = await setIn(text, `${path}=2`);

    expect([exitCode, stdout]).toEqual([0, text.replace('c: 1', 'c: 2')]);
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
