import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../../lib/schedule/matches.ts';
import { WEEKDAYS } from '../../../lib/schedule/weekdays.ts';
import { anInstant, type RecurringParts, recurringParts, recurringText } from './generators.ts';
import { specOf } from './spec-of.ts';

const at = (instant: string): number => Date.parse(instant);

describe('matches', () => {
  it.each([
    [
      'Lord Howe, second pass through the half hour that is repeated',
      'Sun-Sun 01:30-02:00 Australia/Lord_Howe',
      '2026-04-04T15:00:00Z',
      true,
    ],
    ['Lord Howe, first pass', 'Sun-Sun 01:30-02:00 Australia/Lord_Howe', '2026-04-04T14:30:00Z', true],
    ['Lord Howe, after both', 'Sun-Sun 01:30-02:00 Australia/Lord_Howe', '2026-04-04T15:30:00Z', false],
    ['Lord Howe, the half hour that is skipped', 'Sun-Sun 02:00-02:30 Australia/Lord_Howe', '2026-10-03T15:30:00Z', false],
    ['Lord Howe, right after it', 'Sun-Sun 02:30-03:00 Australia/Lord_Howe', '2026-10-03T15:30:00Z', true],
    ['Kathmandu, 45 minutes past', 'Mon-Fri 08:00-18:00 Asia/Kathmandu', '2026-03-30T02:15:00Z', true],
    ['Kathmandu, a minute before', 'Mon-Fri 08:00-18:00 Asia/Kathmandu', '2026-03-30T02:14:59Z', false],
    ['Kiritimati is a day ahead of UTC', 'Mon-Mon 00:00-24:00 Pacific/Kiritimati', '2026-03-29T10:00:00Z', true],
    ['Kiritimati leaves Monday before UTC does', 'Mon-Mon 00:00-24:00 Pacific/Kiritimati', '2026-03-30T10:00:00Z', false],
    ['Honolulu is still on Sunday', 'Sun-Sun 00:00-24:00 Pacific/Honolulu', '2026-03-30T09:59:00Z', true],
    ['Newfoundland, negative half-hour offset', 'Mon-Fri 08:00-18:00 America/St_Johns', '2026-01-05T11:30:00Z', true],
    ['Newfoundland, a minute before', 'Mon-Fri 08:00-18:00 America/St_Johns', '2026-01-05T11:29:59Z', false],
    ['Santiago skips the hour after midnight', 'Sun-Sun 00:00-01:00 America/Santiago', '2026-09-06T04:00:00Z', false],
    ['Apia has no 30 December 2011', 'Fri-Fri 00:00-24:00 Pacific/Apia', '2011-12-30T10:00:00Z', false],
    ['Apia goes from Thursday to Saturday', 'Sat-Sat 00:00-24:00 Pacific/Apia', '2011-12-30T10:00:00Z', true],
    ['overnight, the evening of the last day', 'Tue-Thu 22:00-06:00 UTC', '2026-03-26T23:00:00Z', true],
    ['overnight, the morning after the last day', 'Tue-Thu 22:00-06:00 UTC', '2026-03-27T03:00:00Z', false],
    ['overnight, the morning of the first day', 'Tue-Thu 22:00-06:00 UTC', '2026-03-24T03:00:00Z', true],
    ['an end of 00:00 lasts until midnight', 'Mon-Fri 20:00-00:00 UTC', '2026-03-30T23:59:59.999Z', true],
    ['a frame that wraps, outside', 'Fri-Mon 00:00-24:00 UTC', '2026-03-26T12:00:00Z', false],
    ['a frame that wraps, inside', 'Fri-Mon 00:00-24:00 UTC', '2026-03-30T12:00:00Z', true],
    ['before 1970', 'Wed-Wed 23:00-24:00 UTC', '1969-12-31T23:30:00Z', true],
    ['local mean time, with seconds in the offset', 'Mon-Sun 12:00-12:01 Africa/Monrovia', '1971-01-01T12:44:30Z', true],
    ['local mean time, a second before', 'Mon-Sun 12:00-12:01 Africa/Monrovia', '1971-01-01T12:44:29Z', false],
  ])('%s: %s at %s is %s', (_, value, instant, expected) => {
    expect(matches(specOf(value), at(instant))).toBe(expected);
  });

  it('takes the start of an absolute item in and leaves its end out, which the py dialect takes in', () => {
    const value = '2026-03-30T07:00:00Z - 2026-03-30T09:00:00.56Z';
    const [start, end] = [at('2026-03-30T07:00:00Z'), at('2026-03-30T09:00:00.560Z')];
    const probe = (dialect: 'go' | 'py'): boolean[] =>
      [start - 1, start, end - 1, end, end + 1].map((instant) => matches(specOf(value, { dialect }), instant));

    expect(probe('go')).toEqual([false, true, true, false, false]);
    expect(probe('py')).toEqual([false, true, true, true, false]);
  });

  it('takes the instant of from in and leaves that of until out, in every dialect', () => {
    const instant = at('2026-03-30T07:00:00Z');
    for (const dialect of ['nightshift', 'go', 'py'] as const) {
      const [from, until] = ['from', 'until'].map((keyword) => specOf(`${keyword} 2026-03-30T09:00:00+02:00`, { dialect }));

      expect([matches(from!, instant - 1), matches(from!, instant)]).toEqual([false, true]);
      expect([matches(until!, instant - 1), matches(until!, instant)]).toEqual([true, false]);
    }
  });

  it('holds when any item does', () => {
    const spec = specOf('never,Mon-Fri 07:00-19:00 Europe/Berlin,Sat-Sat 10:00-12:00 America/New_York');

    expect(matches(spec, at('2026-03-30T06:00:00Z'))).toBe(true);
    expect(matches(spec, at('2026-03-28T15:00:00Z'))).toBe(true);
    expect(matches(spec, at('2026-03-28T17:00:00Z'))).toBe(false);
  });

  it('agrees with a calendar that asks Intl for the weekday, the hour and the minute', () => {
    fc.assert(
      fc.property(recurringParts, anInstant, fc.integer({ min: 0, max: 59_999 }), (parts, instant, ms) => {
        expect(matches(specOf(recurringText(parts)), instant + ms)).toBe(calendarSays(parts, instant + ms));
      }),
      { numRuns: 3000 },
    );
  });
});

/** The rule of the grammar, spelled out on what Intl prints. */
function calendarSays({ days, from, to, zone }: RecurringParts, instant: number): boolean {
  const printed = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const field = (type: string): string => printed.find((part) => part.type === type)!.value;
  const time = `${field('hour')}:${field('minute')}`;
  const names: readonly string[] = WEEKDAYS;
  const [first, last, today] = [days[0], days[1], field('weekday')].map((day) => names.indexOf(day)) as [number, number, number];
  const onDay = first <= last ? first <= today && today <= last : today >= first || today <= last;
  return onDay && (from <= to ? from <= time && time < to : time >= from || time < to);
}
