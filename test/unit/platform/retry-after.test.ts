import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../lib/platform/retry-after.ts';

const now = Date.parse('2026-03-30T23:00:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['no wait at all', '0', 0],
    ['seconds with blanks around', ' 120 ', 120_000],
    ['an HTTP-date', 'Mon, 30 Mar 2026 23:00:30 GMT', 30_000],
    ['the obsolete RFC 850 form', 'Monday, 30-Mar-26 23:00:30 GMT', 30_000],
    ['a date in the past', 'Mon, 30 Mar 2026 22:00:00 GMT', 0],
  ])('reads %s', (_, header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });

  it.each([undefined, null, '', '  ', 'soon', '-5', '1.5', '2026-03-30', '1e3', 'Mon, 99 Foo 2026 23:00:30 GMT'])(
    'ignores %j',
    (header) => {
      expect(parseRetryAfter(header, now)).toBeUndefined();
    },
  );
});
