import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../../../../sandbox/kubernetes/kinds/cron-schedule.ts';

describe('a CronJob schedule', () => {
  it.each(['* * * * *', '*/5 0-6,22-23 1 jan-mar MON-FRI', '0 0 29 2 *', '@daily', '@every 1h30m', '? ? ? ? ?', '0 0 * * 0'])(
    'accepts "%s"',
    (schedule) => {
      expect(cronProblem(schedule)).toBeUndefined();
    },
  );

  it.each([
    ['nope', 'expected exactly 5 fields, found 1: [nope]'],
    ['* * * * * *', 'expected exactly 5 fields, found 6: [* * * * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['x * * * *', 'failed to parse int from x'],
    ['1-2-3 * * * *', 'failed to parse minute from 1-2-3'],
  ])('refuses "%s": %s', (schedule, why) => {
    expect(cronProblem(schedule)).toBe(why);
  });
});
