import { describe, expect, it } from 'vitest';
import { ageOf } from '../../../../../sandbox/kubernetes/table/age.ts';

const start = '2026-01-01T00:00:00Z';
const after = (seconds: number): string => ageOf(start, Date.parse(start) + seconds * 1000);

describe('an age', () => {
  it.each([
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [150, '2m30s'],
    [600, '10m'],
    [10_799, '179m'],
    [10_800, '3h'],
    [12_000, '3h20m'],
    [90_000, '25h'],
    [172_800, '2d'],
    [180_000, '2d2h'],
    [8 * 86_400, '8d'],
    [800 * 86_400, '2y70d'],
    [8 * 365 * 86_400, '8y'],
    [-10, '<invalid>'],
  ])('of %i seconds is %s', (seconds, text) => {
    expect(after(seconds)).toBe(text);
  });

  it('is not known without a date', () => {
    expect(ageOf(undefined, 0)).toBe('<unknown>');
  });
});
