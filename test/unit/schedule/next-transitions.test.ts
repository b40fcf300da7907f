import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../../lib/schedule/matches.ts';
import { nextTransitions } from '../../../lib/schedule/next-transitions.ts';
import { anInstant, aSpecText } from './generators.ts';
import { specOf } from './spec-of.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;

function next(value: string, at: string, options: { count?: number; horizonMs?: number } = {}): string[] {
  const transitions = nextTransitions(specOf(value), Date.parse(at), { count: 4, horizonMs: YEAR_MS, ...options });
  return transitions.map((transition) => `${new Date(transition.at).toISOString().replace(':00.000Z', 'Z')} ${transition.to}`);
}

describe('nextTransitions', () => {
  it('goes over the weekend and over the spring change in local time', () => {
    expect(next('Mon-Fri 07:00-19:00 Europe/Berlin', '2026-03-27T12:00:00Z')).toEqual([
      '2026-03-27T18:00Z false',
      '2026-03-30T05:00Z true',
      '2026-03-30T17:00Z false',
      '2026-03-31T05:00Z true',
    ]);
  });

  it('leaves out a window inside the spring gap', () => {
    expect(next('Sun-Sun 02:00-03:00 Europe/Berlin', '2026-03-27T12:00:00Z', { count: 2 })).toEqual([
      '2026-04-05T00:00Z true',
      '2026-04-05T01:00Z false',
    ]);
  });

  it('starts a window that the gap cuts into at the change', () => {
    expect(next('Sun-Sun 02:30-03:30 Europe/Berlin', '2026-03-28T12:00:00Z', { count: 2 })).toEqual([
      '2026-03-29T01:00Z true',
      '2026-03-29T01:30Z false',
    ]);
  });

  it('opens a window inside the autumn overlap twice', () => {
    expect(next('Sun-Sun 02:15-02:45 Europe/Berlin', '2026-10-24T12:00:00Z')).toEqual([
      '2026-10-25T00:15Z true',
      '2026-10-25T00:45Z false',
      '2026-10-25T01:15Z true',
      '2026-10-25T01:45Z false',
    ]);
  });

  it('follows a DST of thirty minutes', () => {
    expect(next('Sun-Sun 01:45-02:15 Australia/Lord_Howe', '2026-04-04T12:00:00Z')).toEqual([
      '2026-04-04T14:45Z true',
      '2026-04-04T15:00Z false',
      '2026-04-04T15:15Z true',
      '2026-04-04T15:45Z false',
    ]);
  });

  it('merges items that touch or overlap', () => {
    expect(next('Mon-Fri 08:00-12:00 UTC,Mon-Fri 12:00-18:00 UTC,Mon-Mon 17:00-20:00 UTC', '2026-03-30T09:00:00Z', { count: 2 })).toEqual([
      '2026-03-30T20:00Z false',
      '2026-03-31T08:00Z true',
    ]);
    expect(next('Mon-Mon 20:00-24:00 UTC,Tue-Tue 00:00-06:00 UTC', '2026-03-30T09:00:00Z', { count: 2 })).toEqual([
      '2026-03-30T20:00Z true',
      '2026-03-31T06:00Z false',
    ]);
  });

  it('is exact to the millisecond for absolute items', () => {
    const transitions = nextTransitions(specOf('2026-03-30T07:00:00.250Z-2026-03-30T07:00:00.2501Z'), Date.parse('2026-03-30T07:00:00Z'), {
      count: 9,
      horizonMs: DAY_MS,
    });

    expect(transitions).toEqual([
      { at: Date.parse('2026-03-30T07:00:00.250Z'), to: true },
      { at: Date.parse('2026-03-30T07:00:00.251Z'), to: false },
    ]);
  });

  it('gives the change after `at`, not the one at `at`', () => {
    expect(next('Mon-Fri 07:00-19:00 UTC', '2026-03-30T07:00:00Z', { count: 1 })).toEqual(['2026-03-30T19:00Z false']);
  });

  it('looks as far as the horizon, and takes it in', () => {
    expect(next('Mon-Fri 07:00-19:00 UTC', '2026-03-30T12:00:00Z', { horizonMs: 7 * 3_600_000 })).toEqual(['2026-03-30T19:00Z false']);
    expect(next('Mon-Fri 07:00-19:00 UTC', '2026-03-30T12:00:00Z', { horizonMs: 7 * 3_600_000 - 1 })).toEqual([]);
    expect(next('Mon-Fri 07:00-19:00 UTC', '2026-03-30T12:00:00Z', { count: 0 })).toEqual([]);
  });

  it('finds an instant that lies decades ahead behind a recurring item that never lets go', () => {
    expect(next('from 2090-01-01T00:00:00Z', '2026-03-30T12:00:00Z', { horizonMs: Number.POSITIVE_INFINITY })).toEqual([
      '2090-01-01T00:00Z true',
    ]);
    expect(
      next('Mon-Mon 12:00-11:00 UTC,Tue-Sun 00:00-24:00 UTC,2026-03-30T00:00:00Z-2090-01-02T00:00:00Z', '2026-03-30T12:00:00Z', {
        count: 2,
        horizonMs: Number.POSITIVE_INFINITY,
      }),
    ).toEqual(['2090-01-02T11:00Z false', '2090-01-02T12:00Z true']);
  });

  it.each([
    'always',
    'never',
    'true,Mon-Fri 07:00-19:00 Europe/Berlin',
    'Mon-Sun 00:00-24:00 Europe/Berlin',
    'Mon-Sun 00:00-12:00 Europe/Berlin,Mon-Sun 12:00-24:00 Europe/Berlin',
    'Mon-Fri 07:00-07:00 Europe/Berlin',
    'until 2020-01-01T00:00:00Z',
    '2020-01-01T00:00:00Z-2020-01-02T00:00:00Z',
  ])('is empty, and soon so, for %s even without a horizon', (value) => {
    const started = performance.now();

    expect(next(value, '2026-03-30T12:00:00Z', { horizonMs: Number.POSITIVE_INFINITY })).toEqual([]);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('agrees with a scan of matches minute by minute', () => {
    const scanMs = 3 * DAY_MS;
    fc.assert(
      fc.property(aSpecText, anInstant, fc.constantFrom('go', 'nightshift'), (text, at, dialect) => {
        const spec = specOf(text, { dialect });
        const scanned: { at: number; to: boolean }[] = [];
        for (let minute = at + MINUTE_MS, state = matches(spec, at); minute <= at + scanMs; minute += MINUTE_MS) {
          const to = matches(spec, minute);
          if (to !== state) scanned.push({ at: minute, to });
          state = to;
        }

        expect(nextTransitions(spec, at, { count: 1000, horizonMs: scanMs })).toEqual(scanned);
      }),
      { numRuns: 400 },
    );
  });

  it('is the same list whether asked at once or one transition after the other', () => {
    fc.assert(
      fc.property(aSpecText, anInstant, (text, at) => {
        const spec = specOf(text);
        const atOnce = nextTransitions(spec, at, { count: 6, horizonMs: 30 * DAY_MS });
        const stepwise = atOnce.map(
          (_, index) => nextTransitions(spec, atOnce[index - 1]?.at ?? at, { count: 1, horizonMs: 30 * DAY_MS })[0],
        );

        expect(stepwise).toEqual(atOnce);
      }),
      { numRuns: 200 },
    );
  });
});
