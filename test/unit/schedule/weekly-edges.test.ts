import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTransitions } from '../../../lib/schedule/next-transitions.ts';
import { parseTimeSpec } from '../../../lib/schedule/parse-time-spec.ts';
import type { TimeSpec } from '../../../lib/schedule/time-spec.ts';
import { WEEKDAYS } from '../../../lib/schedule/weekdays.ts';
import { weeklyEdges } from '../../../lib/schedule/weekly-edges.ts';

function spec(text: string): TimeSpec {
  const result = parseTimeSpec(text, { dialect: 'nightshift' });
  if (!result.ok) throw new Error(result.problem.message);
  return result.spec;
}

/** `Mon,Tue 07:00 Europe/Berlin` */
function edgesOf(...texts: readonly string[]): string[] {
  return weeklyEdges(texts.map(spec)).map(({ zone, minute, days }) => {
    const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    return `${WEEKDAYS.filter((_, index) => days[index]).join(',')} ${clock} ${zone}`;
  });
}

describe('weekly edges', () => {
  it.each([
    ['Mon-Fri 07:00-19:00 Europe/Berlin', ['Mon,Tue,Wed,Thu,Fri 07:00 Europe/Berlin', 'Mon,Tue,Wed,Thu,Fri 19:00 Europe/Berlin']],
    ['Mon-Fri 00:00-24:00 UTC', ['Mon,Sat 00:00 UTC']],
    ['Mon-Sun 00:00-24:00 UTC', []],
    ['Sun-Sun 18:00-24:00 UTC', ['Mon 00:00 UTC', 'Sun 18:00 UTC']],
    ['Tue-Thu 22:00-06:00 UTC', ['Tue,Fri 00:00 UTC', 'Tue,Wed,Thu 06:00 UTC', 'Tue,Wed,Thu 22:00 UTC']],
    ['Sat-Mon 08:00-12:00 UTC', ['Mon,Sat,Sun 08:00 UTC', 'Mon,Sat,Sun 12:00 UTC']],
    ['Mon-Fri 07:00-12:00 UTC,Mon-Fri 12:00-19:00 UTC', ['Mon,Tue,Wed,Thu,Fri 07:00 UTC', 'Mon,Tue,Wed,Thu,Fri 19:00 UTC']],
    ['Mon-Fri 07:00-12:00 UTC,Fri-Fri 10:00-15:00 UTC', ['Mon,Tue,Wed,Thu,Fri 07:00 UTC', 'Mon,Tue,Wed,Thu 12:00 UTC', 'Fri 15:00 UTC']],
    ['Mon-Fri 08:00-08:00 UTC', []],
    ['always', []],
    ['2026-01-01T00:00:00Z-2026-02-01T00:00:00Z', []],
  ])('of %s', (text, expected) => {
    expect(edgesOf(text)).toEqual(expected);
  });

  it('keep zones apart, and name a time that two specs share once', () => {
    expect(edgesOf('Mon-Mon 07:00-19:00 UTC,Mon-Mon 07:00-19:00 Asia/Tokyo', 'Tue-Tue 19:00-20:00 UTC')).toEqual([
      'Mon 07:00 Asia/Tokyo',
      'Mon 19:00 Asia/Tokyo',
      'Mon 07:00 UTC',
      'Mon,Tue 19:00 UTC',
      'Tue 20:00 UTC',
    ]);
  });

  it('are the transitions of a spec in any week without a change of the clocks', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hours, minutes]) => [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':'));
    const item = fc
      .tuple(fc.constantFrom(...WEEKDAYS), fc.constantFrom(...WEEKDAYS), time, time)
      .map(([first, last, from, to]) => `${first}-${last} ${from}-${to} UTC`);
    const monday = Date.parse('2026-06-01T00:00:00Z');

    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), (items) => {
        const parsed = spec(items.join(','));
        const expected = nextTransitions(parsed, monday - 1, { count: 100, horizonMs: 7 * 86_400_000 }).map(({ at }) => at);

        const found = weeklyEdges([parsed]).flatMap(({ minute, days }) =>
          days.flatMap((on, day) => (on ? [monday + (day * 1440 + minute) * 60_000] : [])),
        );

        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
