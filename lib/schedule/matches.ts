import { MINUTES_PER_DAY } from './clock-span.ts';
import type { RecurringItem, TimeSpec, TimeSpecItem } from './time-spec.ts';
import { zoneOffset } from './zone-offset.ts';

const MINUTE_MS = 60_000;
/** 1970-01-01 was a Thursday; weekdays count from Monday. */
const EPOCH_WEEKDAY = 3;

/** Whether the spec holds at `at` (epoch milliseconds): whether any of its items does. */
export function matches(spec: TimeSpec, at: number): boolean {
  return spec.items.some((item) => itemMatches(item, at));
}

function itemMatches(item: TimeSpecItem, at: number): boolean {
  switch (item.kind) {
    case 'constant':
      return item.value;
    case 'interval':
      return item.from <= at && at < item.until;
    case 'recurring':
      return recurs(item, at);
    default:
      return item satisfies never;
  }
}

/** By the wall clock of the item's zone and the weekday of its local date, so that days with a DST change need no special case. */
function recurs(item: RecurringItem, at: number): boolean {
  const minutes = Math.floor((at + zoneOffset(item.zone, at).offsetMs) / MINUTE_MS);
  const day = Math.floor(minutes / MINUTES_PER_DAY);
  const weekday = (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
  if (item.days[weekday] !== true) return false;
  const minute = minutes - day * MINUTES_PER_DAY;
  return item.ranges.some((range) => range.from <= minute && minute < range.to);
}
