import { describe, expect, it } from 'vitest';
import { nextTransitions } from '../../lib/schedule/next-transitions.ts';
import { parseTimeSpec } from '../../lib/schedule/parse-time-spec.ts';
import type { TimeSpec } from '../../lib/schedule/time-spec.ts';
import { cronFireTimes } from '../support/aws/cron-fire-times.ts';
import { synthesise } from './stage.ts';

const year = { from: Date.parse('2026-01-01T00:00:00Z'), until: Date.parse('2027-01-01T00:00:00Z') };
const MINUTE_MS = 60_000;

interface Fired {
  readonly edges: readonly number[];
  readonly ticks: readonly number[];
}

/** Every instant of the year at which the synthesised template would have the function asked. */
function fireTimes(uptime: string, reconcileMinutes = 15): Fired {
  const { template } = synthesise(`
version: 1
stages: { dev: {} }
clusters: [{ name: dev, stage: dev }]
sleep: { uptime: "${uptime}", reconcileMinutes: ${reconcileMinutes} }
`);
  const schedules = Object.values(template.findResources('AWS::Scheduler::Schedule')).map(
    ({ Properties }) => Properties as Record<string, string>,
  );
  const times = (wanted: (name: string) => boolean): number[] =>
    schedules
      .filter(({ Name = '' }) => wanted(Name))
      .flatMap(({ ScheduleExpression = '', ScheduleExpressionTimezone = '' }) =>
        cronFireTimes(ScheduleExpression, ScheduleExpressionTimezone, year),
      )
      .sort((a, b) => a - b);
  return { edges: times((name) => name.startsWith('edge-')), ticks: times((name) => name === 'reconcile') };
}

function transitionsOf(uptime: string): number[] {
  const parsed = parseTimeSpec(uptime, { dialect: 'nightshift' });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const spec: TimeSpec = parsed.spec;
  return nextTransitions(spec, year.from - 1, { count: 10_000, horizonMs: year.until - year.from }).map(({ at }) => at);
}

const iso = (times: readonly number[]): string[] => times.map((time) => new Date(time).toISOString());

describe('the schedules of a year, derived from the synthesised expressions', () => {
  it.each([
    'Mon-Fri 07:00-19:00 Europe/Berlin',
    'Mon-Sun 06:30-20:15 America/New_York',
    'Mon-Fri 08:00-18:00 Asia/Kolkata',
    'Mon-Fri 00:00-24:00 Australia/Sydney',
    'Tue-Thu 22:00-06:00 Europe/London',
    'Mon-Fri 07:00-19:00 Europe/Berlin,Mon-Fri 09:00-17:00 America/Los_Angeles,Sat-Sat 10:00-12:00 UTC',
  ])('fire at every edge of %s, and at nothing else, through both changes of the clocks', (uptime) => {
    const { edges } = fireTimes(uptime);
    const single = uptime.includes(',') ? new Set(uptime.split(',').flatMap(transitionsOf)) : new Set(transitionsOf(uptime));

    expect(iso(edges)).toEqual(iso([...single].sort((a, b) => a - b)));
  });

  it.each([
    ['Sun-Sun 02:00-03:00 Europe/Berlin', []],
    ['Sun-Sun 02:30-03:30 Europe/Berlin', ['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z', '2026-10-25T01:30:00.000Z']],
    ['Sat-Sun 01:30-02:15 America/New_York', ['2026-03-08T07:00:00.000Z', '2026-11-01T06:00:00.000Z', '2026-11-01T06:30:00.000Z']],
  ])('of %s, whose edges the clocks skip or repeat, are at most healed by the next tick', (uptime, onlyByTick) => {
    const { edges, ticks } = fireTimes(uptime);
    const missed = transitionsOf(uptime).filter((at) => !edges.includes(at));

    expect(iso(missed)).toEqual(onlyByTick);
    for (const at of missed) {
      const next = ticks.find((tick) => tick >= at) ?? Number.POSITIVE_INFINITY;
      expect(next - at).toBeLessThan(15 * MINUTE_MS);
    }
  });

  it.each([5, 10, 15, 20, 30, 60])('tick every %i minutes, never when an edge fires', (minutes) => {
    const { edges, ticks } = fireTimes('Mon-Fri 07:00-19:00 Europe/Berlin', minutes);
    const gaps = new Set(ticks.slice(1).map((tick, index) => tick - ticks[index]!));

    expect([...gaps]).toEqual([minutes * MINUTE_MS]);
    expect(ticks.filter((tick) => edges.includes(tick))).toEqual([]);
  });

  it.each(['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'never tick when an edge in %s fires, though its minutes are not those of UTC',
    (zone) => {
      for (const minutes of [15, 20, 60]) {
        const { edges, ticks } = fireTimes(`Mon-Fri 08:00-18:10 ${zone}`, minutes);
        const fired = new Set(ticks);

        expect(edges.length).toBeGreaterThan(500);
        expect(edges.filter((edge) => fired.has(edge))).toEqual([]);
      }
    },
  );

  it('have names of their own where zones differ in a sign alone', () => {
    const { edges } = fireTimes('Mon-Mon 08:00-09:00 Etc/GMT+5,Mon-Mon 08:00-09:00 Etc/GMT-5');

    expect(edges).toHaveLength(4 * 52);
  });
});
