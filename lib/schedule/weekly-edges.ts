import { MINUTES_PER_DAY } from './clock-span.ts';
import type { RecurringItem, TimeSpec } from './time-spec.ts';
import type { ZoneName } from './zone-name.ts';

/** A wall-clock time at which recurring items begin or end to hold, on these days of every week. */
export interface WeeklyEdge {
  readonly zone: ZoneName;
  /** Minute of the local day, 0 to 1439. */
  readonly minute: number;
  /** Indexed by weekday of the local date, Monday first; at least one is true. */
  readonly days: readonly boolean[];
}

const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/**
 * The edges of specs' recurring items, for schedulers that fire at wall-clock times: by zone, in the order of the day. Spans that touch or
 * overlap within one zone have no edge between them. Absolute items and constants have no weekly edge.
 */
export function weeklyEdges(specs: readonly TimeSpec[]): WeeklyEdge[] {
  const edges = new Map<string, { readonly zone: ZoneName; readonly minute: number; readonly days: boolean[] }>();
  for (const { items } of specs) {
    const recurring = items.filter((item) => item.kind === 'recurring');
    for (const zone of new Set(recurring.map((item) => item.zone))) {
      for (const at of edgesOfWeek(recurring.filter((item) => item.zone === zone))) {
        const minute = at % MINUTES_PER_DAY;
        const edge = edges.get(`${zone} ${minute}`) ?? { zone, minute, days: Array.from({ length: 7 }, () => false) };
        edge.days[Math.floor(at / MINUTES_PER_DAY)] = true;
        edges.set(`${zone} ${minute}`, edge);
      }
    }
  }
  return [...edges.values()].sort((a, b) => (a.zone === b.zone ? a.minute - b.minute : a.zone < b.zone ? -1 : 1));
}

/** Minutes of the week, Monday 00:00 being 0, at which any of the items of one zone changes what they say together. */
function edgesOfWeek(items: readonly RecurringItem[]): number[] {
  const holds = new Uint8Array(MINUTES_PER_WEEK);
  for (const { days, ranges } of items) {
    for (const [day, held] of days.entries()) {
      if (held) for (const { from, to } of ranges) holds.fill(1, day * MINUTES_PER_DAY + from, day * MINUTES_PER_DAY + to);
    }
  }
  const edges: number[] = [];
  for (const [minute, held] of holds.entries()) {
    if (held !== holds[(minute + MINUTES_PER_WEEK - 1) % MINUTES_PER_WEEK]) edges.push(minute);
  }
  return edges;
}
