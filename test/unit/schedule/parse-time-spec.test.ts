import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../lib/schedule/time-spec.ts';
import { parse, problemOf, specOf, warningCodesOf } from './spec-of.ts';

describe('parseTimeSpec', () => {
  it.each([
    'always',
    'TRUE',
    ' Never ',
    'false,always',
    'mon-FRI 07:00-19:00 europe/berlin',
    'Mon-Fri   07:00-19:00    UTC',
    'Sat-Sat 00:00-24:00 Local',
    'Mon-Fri 24:30-24:59 UTC',
    'Mon-Fri 07:00-19:00 Europe/Berlin ,\n Sat-Sat 10:00-12:00 Europe/Berlin',
    '2026-03-30T07:00:00Z-2026-03-30T19:00:00Z',
    '2026-03-30T07:00:00.123456789-05:00  -  2026-03-31T19:00:00+05:45',
    'from 2026-03-30T07:00:00Z',
    'from2026-03-30T07:00:00Z',
    'until - 2026-03-30T07:00:00Z',
    'until-2024-02-29T07:00:00Z',
    'Mon-Fri 07:00-19:00 GB',
    'Mon-Fri 07:00-19:00 Asia/Calcutta',
    'Mon-Fri 07:00-19:00 US/Pacific',
    'Mon-Fri 07:00-19:00 etc/gmt-14',
  ])('accepts %j in every dialect', (value) => {
    for (const dialect of DIALECTS) expect(parse(value, { dialect })).toMatchObject({ ok: true });
  });

  it.each([
    ['', '', 'is empty'],
    ['  ', '', 'is empty'],
    ['always,', '', 'item 2 of 2 "" is empty'],
    ['garbage', 'garbage', 'neither a keyword nor a time span'],
    ['always,Mon-Fri 00:00-24:00 UTC,garbage', 'garbage', 'item 3 of 3'],
    ['Mon-Fri 7:00-19:00 UTC', '7:00', 'hours need two digits'],
    ['Mon-Fri 07:0-19:00 UTC', '07:0', 'minutes need two digits'],
    ['Mon-Fri 08:00-25:00 UTC', '25:00', 'hours go from 00 to 24'],
    ['Mon-Fri 08:60-20:00 UTC', '08:60', 'minutes go from 00 to 59'],
    ['Mon-Fri 8-20 UTC', '8', 'not a time of day'],
    ['Mon-Fri 08:00 UTC', '08:00', 'not a span of hours'],
    ['Mon-Fri 08:00-12:00-20:00 UTC', '08:00-12:00-20:00', 'not a span of hours'],
    ['Foo-Fri 09:00-20:00 UTC', 'Foo', 'not a weekday'],
    ['Mon-Friday 09:00-20:00 UTC', 'Friday', 'not a weekday'],
    ['Mon 09:00-20:00 UTC', 'Mon', 'one weekday, not a span'],
    ['Mon-Wed-Fri 09:00-20:00 UTC', 'Mon-Wed-Fri', 'not a span of weekdays'],
    ['Mon-Fri UTC', 'Mon-Fri UTC', 'has no hours'],
    ['Mon-Fri 07:00-19:00 Nowhere/City', 'Nowhere/City', 'IANA has no such name'],
    ['Mon-Fri 07:00-19:00 CEST', 'CEST', 'IANA has no such name'],
    ['Mon-Fri 07:00-19:00 PST', 'PST', 'IANA has no such name'],
    ['Mon-Fri 07:00-19:00 +0200', '+0200', 'IANA has no such name'],
    ['Mon-Fri 07:00-19:00 +02:00', '+02:00', 'not a time zone'],
    ['08:00-20:00 UTC Mon-Fri', 'Mon-Fri', 'comes after the time zone'],
    ['Mon - Fri 08:00 - 20:00 UTC', 'Mon - Fri 08:00 - 20:00 UTC', 'too many pieces'],
    ['Mon-Fri\t08:00-20:00 UTC', 'Mon-Fri\t08:00-20:00 UTC', 'holds a tab'],
    ['Mon–Fri 08:00-20:00 UTC', 'Mon–Fri 08:00-20:00 UTC', 'U+2013'],
    [
      'Mon-Fri 08:00-18:00 UTC;Sat-Sun 10:00-12:00 UTC',
      'Mon-Fri 08:00-18:00 UTC;Sat-Sun 10:00-12:00 UTC',
      'semicolon does not separate items',
    ],
    ['From 2018-11-04T16:00:00+00:00', 'From', 'lower case only'],
    ['UNTIL 2018-11-04T16:00:00+00:00', 'UNTIL', 'lower case only'],
    ['from tomorrow', 'tomorrow', 'not a timestamp'],
    ['until', '', 'not a timestamp'],
    ['from 2018-11-04', '2018-11-04', 'not a timestamp'],
    ['from 2018-11-04t16:00:00z', '2018-11-04t16:00:00z', 'not a timestamp'],
    ['until 2026-02-29T00:00:00Z', '2026-02-29T00:00:00Z', 'day 29 is not in 1..28'],
    ['until 2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z', 'month 13'],
    ['until 2026-12-01T24:00:00Z', '2026-12-01T24:00:00Z', 'hour 24'],
    ['until 2026-12-01T23:59:60Z', '2026-12-01T23:59:60Z', 'second 60'],
    ['until 2026-12-01T23:59:00+24:00', '2026-12-01T23:59:00+24:00', 'offset hour 24'],
    ['2018-11-04T16:00:00Z', '2018-11-04T16:00:00Z', 'not a span of two timestamps'],
    ['2018-11-04T16:00:00-2018-11-04T22:00:00Z', '2018-11-04T16:00:00-2018-11-04T22:00:00Z', 'not a span of two timestamps'],
    ['2018-11-04T16:00:00Z-2018-11-31T22:00:00Z', '2018-11-31T22:00:00Z', 'day 31 is not in 1..30'],
  ])('rejects %j and names %j', (value, part, why) => {
    for (const dialect of DIALECTS) {
      const problem = problemOf(value, { dialect });

      expect(problem).toMatchObject({ kind: 'invalid', part });
      expect(problem.message).toContain(why);
    }
  });

  it.each([
    ['Mon-Fri 07:00-19:00 Europe/Belrin', 'Europe/Berlin'],
    ['Mon-Fri 07:00-19:00 Berlin', 'Europe/Berlin'],
    ['Mon-Fri 07:00-19:00 America/NewYork', 'America/New_York'],
    ['Mon-Fri 07:00-19:00 UTCC', 'UTC'],
    ['Mon-Fri 07:00-19:00 America/Argentina/Salto', 'America/Argentina/Salta'],
    ['Mon-Fri 07:00-19:00 Belrin', 'Europe/Berlin'],
    ['Mon-Fri 07:00-19:00 Amerika/Chicgo', 'America/Chicago'],
    ['Mon-Fri 07:00-19:00 PDT', 'America/Los_Angeles'],
  ])('suggests a zone for %j', (value, zone) => {
    expect(problemOf(value).hint).toBe(`did you mean ${zone}?`);
  });

  it('suggests no zone when none is near', () => {
    expect(problemOf('Mon-Fri 07:00-19:00 constructor').hint).toContain('write an IANA name');
    expect(problemOf(`Mon-Fri 07:00-19:00 ${'x'.repeat(500)}`).hint).toContain('write an IANA name');
  });

  it('stays fast when every object of a cluster has the same bad zone', () => {
    const started = performance.now();
    for (let object = 0; object < 5000; object++) problemOf('Mon-Fri 07:00-19:00 Nowhere/City');

    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('calls a missing zone or missing weekdays incomplete', () => {
    expect(problemOf('Mon-Fri 07:00-19:00')).toMatchObject({ kind: 'incomplete', part: 'Mon-Fri 07:00-19:00' });
    expect(problemOf('07:00-19:00 UTC')).toMatchObject({ kind: 'incomplete', part: '07:00-19:00 UTC' });
    expect(problemOf('07:00-19:00', { defaultTimeZone: 'UTC' }).message).toContain('no weekdays');
    expect(problemOf('07:00-19:00', { defaultWeekframe: 'Mon-Fri' }).message).toContain('no time zone');
    expect(problemOf('always,07:00-19:00').kind).toBe('incomplete');
  });

  it('minds what is incomplete at an instant only where no item before it matches', () => {
    const at = Date.parse('2026-03-30T12:00:00Z');

    expect(parse('always,07:00-19:00', { dialect: 'go', at })).toMatchObject({ ok: true, spec: { items: [{ text: 'always' }] } });
    expect(problemOf('never,07:00-19:00', { at }).kind).toBe('incomplete');
    expect(problemOf('always,07:00-19:00,nonsense', { at }).kind).toBe('invalid');
  });

  it('fills a missing zone and missing weekdays from the defaults, and prefers what is written', () => {
    const defaults = { defaultTimeZone: 'Europe/Paris', defaultWeekframe: 'sat-sun' };

    expect(specOf('07:00-19:00', defaults)).toEqual({
      source: '07:00-19:00',
      items: [
        {
          kind: 'recurring',
          text: '07:00-19:00',
          days: [false, false, false, false, false, true, true],
          ranges: [{ from: 420, to: 1140 }],
          zone: 'Europe/Paris',
        },
      ],
    });
    expect(specOf('Fri-Mon 07:00-19:00 UTC', defaults).items[0]).toMatchObject({
      zone: 'UTC',
      days: [true, false, false, false, true, true, true],
    });
  });

  it('names an unreadable default', () => {
    expect(problemOf('07:00-19:00 UTC', { defaultWeekframe: 'weekdays' })).toMatchObject({ kind: 'invalid', part: 'weekdays' });
    expect(problemOf('Mon-Fri 07:00-19:00', { defaultTimeZone: 'Mars/Base' })).toMatchObject({ kind: 'invalid', part: 'Mars/Base' });
    expect(parse('Mon-Fri 07:00-19:00 UTC', { defaultTimeZone: 'Mars/Base', defaultWeekframe: 'weekdays' })).toMatchObject({ ok: true });
  });

  it('reports an invalid item before an incomplete one', () => {
    expect(problemOf('07:00-19:00,garbage')).toMatchObject({ kind: 'invalid', part: 'garbage' });
    expect(problemOf('07:00-19:00 Nowhere')).toMatchObject({ kind: 'invalid', part: 'Nowhere' });
  });

  it('keeps messages one short printable line', () => {
    const { message, part } = problemOf(`\u0000\n${'x'.repeat(100_000)}`);

    expect(message.length).toBeLessThan(400);
    expect(part.length).toBeLessThan(100);
    expect(message).toMatch(/^[\x20-\x7e…]+$/);
  });

  it('reads what other programs put into objects as text, not as properties', () => {
    expect(problemOf('constructor').kind).toBe('invalid');
    expect(problemOf('__proto__').kind).toBe('invalid');
  });

  it('never throws, and what it rejects it explains', () => {
    const piece = fc.constantFrom(
      'Mon-Fri',
      'mon',
      '07:00-19:00',
      '24:00',
      '22:00-06:00',
      'UTC',
      'Local',
      'from',
      'until',
      '2026-03-29T01:00:00Z',
      ' ',
      ' ',
      '-',
      ',',
      ';',
      ':',
      '+',
      '/',
    );
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 2 })), { maxLength: 8 }).map((pieces) => pieces.join('')),
    );

    fc.assert(
      fc.property(value, fc.constantFrom(...DIALECTS), (text, dialect) => {
        const result = parse(text, { dialect });

        if (result.ok) expect(result.spec.items).toHaveLength(text.split(',').length);
        else
          expect([result.problem.message.startsWith('time spec '), text.includes(result.problem.part.replace(/…$/, ''))]).toEqual([
            true,
            true,
          ]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('warnings of parseTimeSpec', () => {
  it.each([
    ['Mon-Fri 07:00-19:00 Europe/Berlin', []],
    ['Mon-Fri 00:00-24:00 UTC,Sat-Sat 10:00-12:00 utc', []],
    ['Mon-Fri 00:00-00:00 UTC', ['empty-span']],
    ['Mon-Fri 24:00-00:00 UTC', ['empty-span']],
    ['Mon-Fri 24:00-24:30 UTC', ['empty-span']],
    ['2026-03-30T07:00:00Z-2026-03-30T07:00:00Z', ['empty-span']],
    ['2026-03-30T07:00:00Z-2026-03-29T07:00:00Z', ['empty-span']],
    ['Mon-Fri 20:00-08:00 UTC', ['overnight', 'overnight-week-edge']],
    ['Mon-Sun 20:00-08:00 UTC', ['overnight']],
    ['Fri-Thu 20:00-08:00 UTC', ['overnight']],
    ['Mon-Fri 20:00-00:00 UTC', ['overnight']],
    ['never,Mon-Fri 00:00-24:00 UTC', ['no-effect']],
    ['Mon-Fri 00:00-24:00 UTC,always', ['no-effect']],
    ['never', []],
    ['Mon-Fri 07:00-19:00 local', ['local-zone']],
    ['Mon-Fri 07:00-19:00 Etc/GMT+5', ['fixed-offset-zone']],
    ['Mon-Fri 07:00-19:00 Etc/GMT0', []],
    ['Mon-Fri 07:00-19:00 EST', ['fixed-offset-zone']],
  ])('for %j are %j', (value, codes) => {
    expect(warningCodesOf(value)).toEqual(codes);
    expect(warningCodesOf(value, { dialect: 'go' })).toEqual(codes);
  });

  it('under the py dialect say that an overnight span never matches, and count the end instant', () => {
    expect(warningCodesOf('Mon-Fri 20:00-08:00 UTC', { dialect: 'py' })).toEqual(['overnight-ignored']);
    expect(warningCodesOf('Mon-Fri 08:00-08:00 UTC', { dialect: 'py' })).toEqual(['empty-span']);
    expect(warningCodesOf('2026-03-30T07:00:00Z-2026-03-30T07:00:00Z', { dialect: 'py' })).toEqual([]);
  });

  it('explain both edges of an overnight week frame', () => {
    const result = parse('Sun-Thu 22:30-06:15 UTC');

    expect(result.ok && result.warnings[1]).toEqual({
      code: 'overnight-week-edge',
      part: 'Sun-Thu 22:30-06:15 UTC',
      message:
        '"Sun-Thu 22:30-06:15 UTC" takes the weekday of each moment, not of the evening before: Sun 00:00-06:15 matches, Fri 00:00-06:15, the end of the last night of Sun-Thu, does not',
    });
  });

  it('say which way the sign of Etc zones goes', () => {
    const [west, east] = ['Etc/GMT+5', 'Etc/GMT-14'].map((zone) => parse(`Mon-Fri 07:00-19:00 ${zone}`));

    expect(west?.ok && west.warnings[0]?.message).toContain('5 h behind UTC');
    expect(east?.ok && east.warnings[0]?.message).toContain('14 h ahead of UTC');
  });
});
