import { describe, expect, it } from 'vitest';
import { DURATION, durationMs, SIZE, sizeBytes } from '../../../../lib/smoke/suite/units.ts';

describe('amounts with a unit', () => {
  it.each([
    ['500ms', 500],
    ['1.5s', 1_500],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['0s', 0],
  ])('%s is so many milliseconds: %d', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each([
    ['300B', 300],
    ['1KB', 1_000],
    ['1KiB', 1_024],
    ['1.5MiB', 1_572_864],
    ['2MB', 2_000_000],
  ])('%s is so many bytes: %d', (text, bytes) => {
    expect(sizeBytes(text)).toBe(bytes);
  });

  it.each(['10', '', 's', '-1s', '1 s', '1S', '1m30s', '1e3s', '.5s', '1d'])('%j is no time', (text) => {
    expect(DURATION.test(text)).toBe(false);
    expect(() => durationMs(text)).toThrow(RangeError);
  });

  it.each(['10', '1kib', '1G', '1 MiB'])('%j is no size', (text) => {
    expect(SIZE.test(text)).toBe(false);
  });
});
