import { WEEKDAYS } from '../../lib/schedule/weekdays.ts';
import type { WeeklyEdge } from '../../lib/schedule/weekly-edges.ts';
import { zoneOffset } from '../../lib/schedule/zone-offset.ts';

/** A schedule of EventBridge Scheduler: a cron expression in a zone. */
export interface JobSchedule {
  /** Letters, digits, dashes: a part of the schedule's name. */
  readonly name: string;
  readonly description: string;
  /** The fields of AWS's cron, minutes to weekdays; days of the month, months and years are always all. */
  readonly minute: string;
  readonly hour: string;
  readonly weekDay: string;
  readonly timeZone: string;
}

/** The schedule that fires at an edge. */
export function edgeSchedule({ zone, minute, days }: WeeklyEdge): JobSchedule {
  const clock = `${twoDigits(Math.floor(minute / 60))}${twoDigits(minute % 60)}`;
  const names = WEEKDAYS.filter((_, day) => days[day]);
  return {
    // Zones that differ in their sign alone must not meet: Etc/GMT+5, Etc/GMT-5.
    name: `edge-${clock}-${zone.replaceAll('/', '-').replaceAll('+', '.')}`,
    description: `${names.join(', ')} at ${clock.slice(0, 2)}:${clock.slice(2)} in ${zone}: an edge of the sleep schedule`,
    minute: String(minute % 60),
    hour: String(Math.floor(minute / 60)),
    weekDay: names.length === WEEKDAYS.length ? '*' : names.join(',').toUpperCase(),
    timeZone: zone,
  };
}

/**
 * The schedule that fires every so many minutes (a divisor of 60), at minutes of the hour that no edge has: two runs at one instant would only do
 * the same reading twice.
 */
export function tickSchedule(everyMinutes: number, edges: readonly WeeklyEdge[]): JobSchedule {
  const taken = new Set(edges.flatMap(minutesInUtc).map((minute) => minute % everyMinutes));
  const middle = Math.floor(everyMinutes / 2);
  const offsets = Array.from({ length: everyMinutes }, (_, step) => (middle + step) % everyMinutes);
  const offset = offsets.find((each) => !taken.has(each)) ?? middle;
  return {
    name: 'reconcile',
    description: `every ${everyMinutes} minutes: heals what an edge missed, and what annotations ask for at times of their own`,
    minute: everyMinutes === 60 ? String(offset) : `${offset}/${everyMinutes}`,
    hour: '*',
    weekDay: '*',
    timeZone: 'UTC',
  };
}

/** An edge's minute of the hour in UTC, winter and summer: zones may be half an hour off. */
function minutesInUtc({ zone, minute }: WeeklyEdge): number[] {
  const offsets = [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].map((at) => zoneOffset(zone, at).offsetMs / 60_000);
  return offsets.map((offset) => (((minute - offset) % 60) + 60) % 60);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
