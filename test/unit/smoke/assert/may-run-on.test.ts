import { describe, expect, it } from 'vitest';
import { mayRunOn } from '../../../../lib/smoke/assert/may-run-on.ts';

describe('looking at an answer', () => {
  it.each(['$', '$.a', '$.a.b[0]', "$['a b'][-1]", '$["a"].b_1'])('by %s takes as many steps as are written', (path) => {
    expect(mayRunOn({ kind: 'jsonPath', path })).toBe(false);
  });

  it.each(['$..a', '$[*]', '$.*', '$[?@.a == 1]', '$[0:9]', '$[0,1]', "$['a\\'b']", '$.a[?match(@.b, "x*")]'])(
    'by %s is watched',
    (path) => {
      expect(mayRunOn({ kind: 'jsonPath', path })).toBe(true);
    },
  );

  it('by expressions of other kinds is watched, and a header is not', () => {
    expect(mayRunOn({ kind: 'regex', pattern: 'a' })).toBe(true);
    expect(mayRunOn({ kind: 'xpath', expression: '//a' })).toBe(true);
    expect(mayRunOn({ kind: 'header', name: 'a' })).toBe(false);
  });
});
