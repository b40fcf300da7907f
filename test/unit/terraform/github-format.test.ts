import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../../lib/platform/errors.ts';
import { githubFormat, maskCommand } from '../../../lib/terraform/github-format.ts';
import { outputsOf } from './documents.ts';

/** Reads a file of the runner as it does (actions/runner, FileCommandManager): lines end with LF alone, a value is what stands before its delimiter. */
function readAsRunner(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  const found = new Map<string, string>();
  while (lines.length > 0) {
    const [, key = '', delimiter = ''] = /^(.+?)<<(.+)$/.exec(lines.shift() ?? '') ?? [];
    const end = lines.indexOf(delimiter);
    if (key === '' || end < 0) throw new Error('the runner refuses the file');
    found.set(key, lines.slice(0, end).join('\n'));
    lines.splice(0, end + 1);
  }
  return found;
}

describe('a GitHub file', () => {
  it('gives the runner every value exactly, whatever is in it', () => {
    const value = fc
      .array(
        fc.oneof(fc.constantFrom('\n', '\r\n', 'EOF', '<<', 'x<<EOF', '=', '%0A', '::', ''), fc.string({ unit: 'grapheme', maxLength: 9 })),
      )
      .map((parts) => parts.join('').replaceAll('\0', ''));
    return fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const outputs = outputsOf(Object.fromEntries(values.map((each, index) => [`out-${index}`, each])));

        const { text } = githubFormat(outputs, { file: 'output', prefix: 'p_' });

        expect([...readAsRunner(text)]).toEqual(values.map((each, index) => [`p_out-${index}`, each]));
      }),
    );
  });

  it('has a new delimiter for each block, and another one when the value holds it', () => {
    const answers = ['1', '1', '2', '3'];
    const random = (): string => answers.shift() ?? '';

    const { text } = githubFormat(outputsOf({ a: 'x nightshift_1 y', b: 'z' }), { file: 'output', random });

    expect(text).toBe('a<<nightshift_2\nx nightshift_1 y\nnightshift_2\nb<<nightshift_3\nz\nnightshift_3\n');
    expect(githubFormat(outputsOf({ a: 'x' }), { file: 'output' }).text).toMatch(/^a<<(nightshift_[\da-f-]{36})\nx\n\1\n$/);
  });

  it('for variables has names that a shell takes, and none that steer the runner', () => {
    expect([...readAsRunner(githubFormat(outputsOf({ 'vpc-id': 'x' }), { file: 'env' }).text)]).toEqual([['vpc_id', 'x']]);
    expect(() => githubFormat(outputsOf({ NODE_OPTIONS: '--require x' }), { file: 'env' })).toThrow(RefusedError);
  });

  it('for outputs refuses a name that could begin a block of its own, and leaves null out', () => {
    expect(() => githubFormat(outputsOf({ 'a<<b\nc': 'x' }), { file: 'output' })).toThrow(RefusedError);
    expect(githubFormat(outputsOf({ a: null }), { file: 'output' })).toEqual({ text: '', left: ['a'] });
  });
});

describe('the mask command', () => {
  it('holds all lines of a value', () => {
    expect(maskCommand('50%\r\nof\n')).toBe('::add-mask::50%25%0D%0Aof%0A');
  });
});
