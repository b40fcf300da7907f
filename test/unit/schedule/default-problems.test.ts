import { describe, expect, test } from 'vitest';
import { defaultProblems } from '../../../lib/schedule/default-problems.ts';

describe('the defaults of time specs', () => {
  test.each([{}, { defaultTimeZone: 'Europe/Berlin', defaultWeekframe: 'Mon-Fri' }, { defaultTimeZone: 'utc' }])(
    '%j can be used',
    (defaults) => {
      expect(defaultProblems({ dialect: 'nightshift', ...defaults })).toEqual([]);
    },
  );

  test('are each named when they cannot be used', () => {
    expect(defaultProblems({ dialect: 'nightshift', defaultTimeZone: 'Nowhere', defaultWeekframe: 'weekdays' })).toMatchObject([
      { field: 'defaultTimeZone', problem: { message: expect.stringContaining('"Nowhere"') } },
      { field: 'defaultWeekframe', problem: { message: expect.stringContaining('"weekdays"') } },
    ]);
  });
});
