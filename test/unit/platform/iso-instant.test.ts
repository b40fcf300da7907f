import { describe, expect, test } from 'vitest';
import { looksLikeInstant, parseIsoInstant } from '../../../lib/platform/iso-instant.ts';

describe('an instant', () => {
  test.each([
    ['2026-03-30T20:00Z', '2026-03-30T20:00:00.000Z'],
    ['2026-03-30T20:00:30Z', '2026-03-30T20:00:30.000Z'],
    ['2026-03-30t20:00:30.25z', '2026-03-30T20:00:30.250Z'],
    [' 2026-03-30T20:00+02:00 ', '2026-03-30T18:00:00.000Z'],
    ['2028-02-29T00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%j is read', (text, expected) => {
    expect(new Date(parseIsoInstant(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  test.each(['2026-02-30T20:00:00Z', '2026-13-01T00:00Z', '2026-03-30T25:00Z', '2026-03-30T20:61Z'])(
    '%j looks like one and is none',
    (text) => {
      expect([looksLikeInstant(text), parseIsoInstant(text)]).toEqual([true, undefined]);
    },
  );

  test.each(['2026-03-30T20:00', '2026-03-30', '30 March 2026', '20260330T200000Z', ''])('%j is none', (text) => {
    expect([looksLikeInstant(text), parseIsoInstant(text)]).toEqual([false, undefined]);
  });
});
