import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZoneName, type ZoneName } from '../../../lib/schedule/zone-name.ts';
import { zoneOffset } from '../../../lib/schedule/zone-offset.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LATEST_DATE = 8_640_000_000_000_000;

function zone(text: string): ZoneName {
  const parsed = parseZoneName(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.value;
}

describe('zoneOffset', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 60, 120],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', 120, 60],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 660, 630],
    ['America/St_Johns', '2026-03-08T05:30:00Z', -210, -150],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', -600, 840],
    ['America/Recife', '2000-10-15T02:00:00Z', -120, -180],
  ])('finds the change of %s at %s to the millisecond', (name, instant, beforeMinutes, afterMinutes) => {
    const change = Date.parse(instant);
    const before = zoneOffset(zone(name), change - 1);

    expect(before.offsetMs).toBe(beforeMinutes * MINUTE_MS);
    expect(zoneOffset(zone(name), change).offsetMs).toBe(afterMinutes * MINUTE_MS);
    expect(before.until).toBe(change);
  });

  it('vouches for an offset only until it changes', () => {
    const berlin = zone('Europe/Berlin');
    const start = Date.parse('2026-01-01T00:00:00Z');
    const changes: string[] = [];
    for (let at = start; at < start + 366 * 24 * HOUR_MS; at = zoneOffset(berlin, at).until) {
      if (zoneOffset(berlin, at).offsetMs !== zoneOffset(berlin, at - 1).offsetMs) changes.push(new Date(at).toISOString());
    }

    expect(changes).toEqual(['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z']);
  });

  it('holds over the whole range of dates, before 1970 and at both ends', () => {
    expect(zoneOffset(zone('UTC'), -LATEST_DATE).offsetMs).toBe(0);
    expect(zoneOffset(zone('Asia/Kolkata'), LATEST_DATE).offsetMs).toBe(330 * MINUTE_MS);
    expect(zoneOffset(zone('Africa/Monrovia'), 0).offsetMs).toBe(-(44 * MINUTE_MS + 30_000));
  });

  it('still answers right after more instants than it remembers', () => {
    const berlin = zone('Europe/Berlin');
    for (let day = 0; day < 15_000; day++) zoneOffset(berlin, day * 24 * HOUR_MS);

    expect(zoneOffset(berlin, Date.parse('2026-07-01T00:00:00Z')).offsetMs).toBe(2 * HOUR_MS);
    expect(zoneOffset(berlin, Date.parse('2026-01-01T00:00:00Z')).offsetMs).toBe(HOUR_MS);
  });

  it('agrees with the wall clock that Intl prints, in every zone', () => {
    const instant = fc.integer({ min: Date.UTC(1972, 0) / 1000, max: Date.UTC(2038, 0) / 1000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(fc.constantFrom(...Intl.supportedValuesOf('timeZone')), instant, (name, at) => {
        const printed = new Date(at).toLocaleString('sv-SE', { timeZone: name });

        expect(zoneOffset(zone(name), at).offsetMs).toBe(Date.parse(`${printed.replace(' ', 'T')}Z`) - at);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('parseZoneName', () => {
  it('reads every zone of the platform in any case', () => {
    for (const name of Intl.supportedValuesOf('timeZone')) {
      expect(zone(name.toUpperCase())).toBe(zone(name));
    }
  });

  it('takes Local for the zone of the process', () => {
    expect(zone('Local')).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  it.each([
    'BST',
    'IST',
    'pst',
    'US/Pacific-New',
    'SystemV/PST8',
    '+01',
    '-0500',
    'GMT+5',
    'Factory',
    '',
    'Europe/Berlin ',
    'Ünited/Kingdom',
  ])('rejects %j, which IANA does not have', (name) => {
    expect(parseZoneName(name)).toMatchObject({ problem: { kind: 'invalid' } });
  });
});
