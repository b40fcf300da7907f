import fc from 'fast-check';
import { WEEKDAYS } from '../../../lib/schedule/weekdays.ts';

/** Half-hour and quarter-hour offsets, both hemispheres, a DST of 30 minutes and of two hours, changes at midnight, Ramadan, far east and west. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Etc/GMT+12',
] as const;

/** Instants at which some of the zones change their offset. */
const CHANGES = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-03-08T05:30:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-04-05T03:00:00Z',
  '2026-09-06T04:00:00Z',
  '2026-03-08T05:00:00Z',
  '2026-04-04T14:00:00Z',
  '2026-02-15T02:00:00Z',
  '2026-03-22T02:00:00Z',
  '2011-12-30T10:00:00Z',
].map((instant) => Date.parse(instant));

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Minute-aligned instants, most of them within two days of an offset change. */
export const anInstant = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS })).map(([at, by]) => at + by),
    },
    { weight: 1, arbitrary: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2037, 0) }) },
  )
  .map((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS);

const aTime = fc
  .oneof(
    fc.integer({ min: 0, max: 1440 }),
    fc.integer({ min: 0, max: 12 }).map((quarter) => quarter * 15),
  )
  .map((minutes) =>
    new Date(minutes * MINUTE_MS)
      .toISOString()
      .slice(11, 16)
      .replace('00:00', minutes === 1440 ? '24:00' : '00:00'),
  );

export interface RecurringParts {
  readonly from: string;
  readonly to: string;
  readonly days: readonly [string, string];
  readonly zone: string;
}

export const recurringParts: fc.Arbitrary<RecurringParts> = fc.record({
  from: aTime,
  to: aTime,
  days: fc.tuple(fc.constantFrom(...WEEKDAYS), fc.constantFrom(...WEEKDAYS)),
  zone: fc.constantFrom(...ZONES),
});

export function recurringText({ days, from, to, zone }: RecurringParts): string {
  return `${days.join('-')} ${from}-${to} ${zone}`;
}

const aTimestamp = anInstant.map((at) => new Date(at).toISOString());

const anItem = fc.oneof(
  { weight: 6, arbitrary: recurringParts.map(recurringText) },
  { weight: 1, arbitrary: fc.tuple(aTimestamp, aTimestamp).map((ends) => ends.join(' - ')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('from', 'until'), aTimestamp).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.constantFrom('never', 'false') },
);

/** Valid values of one to three items. */
export const aSpecText = fc.array(anItem, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
