import { expect, it } from 'vitest';
import { median } from '../../../bench/median.ts';

it.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 9, 1, 2], 5.5],
  [[100, 20], 60],
  [[-1, 1e9, -1, 2], 0.5],
  [[], Number.NaN],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

it('leaves the order of the values alone', () => {
  const values = [3, 1, 2];

  median(values);

  expect(values).toEqual([3, 1, 2]);
});
