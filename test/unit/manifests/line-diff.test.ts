import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../lib/manifests/line-diff.ts';

/** What `patch` does with a unified diff; it checks every line it passes. */
function patched(before: string, diff: string): string {
  const old = before.split(/(?<=\n)/).filter((line) => line !== '');
  const result: string[] = [];
  let next = 0;
  for (const line of diff.replaceAll('\n\\ No newline at end of file', '\0').split('\n').slice(2)) {
    const start = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@$/.exec(line);
    if (start) {
      const at = Number(start[1]) - (start[2] === '0' ? 0 : 1);
      result.push(...old.slice(next, at));
      next = at;
      continue;
    }
    const text = line.endsWith('\0') ? line.slice(1, -1) : `${line.slice(1)}\n`;
    if (line[0] !== '+') expect(old[next]).toBe(text);
    if (line[0] !== '+') next += 1;
    if (line[0] !== '-') result.push(text);
  }
  return [...result, ...old.slice(next)].join('');
}

describe('lineDiff', () => {
  it('says nothing of equal texts', () => {
    expect(lineDiff('a\nb', 'a\nb', 'x')).toBe('');
    expect(lineDiff('', '', 'x')).toBe('');
  });

  it('shows three lines around a change, and a line break that is missing', () => {
    const before = '1\n2\n3\n4\n5\n6\n7\n8\n9';

    expect(lineDiff(before, before.replace('5', 'five').replace('9', '9\n'), 'f')).toBe(
      '--- f\n+++ f\n@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n-9\n\\ No newline at end of file\n+9',
    );
  });

  it('keeps changes apart that are far from each other', () => {
    const before = Array.from({ length: 20 }, (_, index) => `${index}\n`).join('');

    const diff = lineDiff(before, before.replace('2\n', '').replace('17\n', '17\nmore\n'), 'f');

    expect(diff.split('\n').filter((line) => line.startsWith('@@'))).toEqual(['@@ -1,6 +1,5 @@', '@@ -16,5 +15,6 @@']);
  });

  it('shows a text that is another one as replaced', () => {
    const [before, after] = ['a', 'b'].map((sign) => Array.from({ length: 2_000 }, (_, index) => `${sign}${index}\n`).join(''));

    expect(patched(`x\n${before}`, lineDiff(`x\n${before}`, `x\n${after}`, 'f'))).toBe(`x\n${after}`);
  });

  it('holds all that makes the one text from the other', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));
    void fc.assert(
      fc.property(texts, texts, (before, after) => {
        expect(patched(before, lineDiff(before, after, 'f'))).toBe(after);
      }),
      { numRuns: 1_000 },
    );
  });
});
