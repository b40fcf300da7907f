import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../lib/sleep/name-filter.ts';

describe('a filter of names', () => {
  test('counts as a match only of the whole text', () => {
    const filter = compileFilter('dev|test');

    expect(['dev', 'test', 'dev-1', 'a-test', 'devtest'].map(filter.whole)).toEqual([true, true, false, false, false]);
    expect(['dev', 'test', 'dev-1', 'a-test', 'prod'].map(filter.anywhere)).toEqual([true, true, true, true, false]);
  });

  test.each([
    ['kube\\-system', 'kube-system'],
    ['team\\=a', 'team=a'],
    ['a\\_b', 'a_b'],
    ['[a\\-c]+', 'a-c'],
    ['example\\.org\\/team\\=a', 'example.org/team=a'],
    ['\\d\\w\\.x', '1a.x'],
    ['a\\\\-b', 'a\\-b'],
  ])('%s, escaped as Python and Go allow it, matches %s', (source, text) => {
    expect(compileFilter(source).whole(text)).toBe(true);
  });

  test('a class with an escaped hyphen is no range', () => {
    expect(compileFilter('[a\\-c]').whole('b')).toBe(false);
  });

  test.each(['a(', '*', '\\Ax\\Z', '(?P<name>x)'])('%s is refused, rather than read as something else', (source) => {
    expect(() => compileFilter(source)).toThrow(SyntaxError);
  });
});
