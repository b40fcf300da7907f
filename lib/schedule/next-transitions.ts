import { MINUTES_PER_DAY } from './clock-span.ts';
import { matches } from './matches.ts';
import type { RecurringItem, TimeSpec, TimeSpecItem } from './time-spec.ts';
import { zoneOffset } from './zone-offset.ts';

/** From `at` (epoch milliseconds) on, the spec holds (`to` true) or no longer holds. */
export interface Transition {
  readonly at: number;
  readonly to: boolean;
}

export interface TransitionOptions {
  /** Most transitions to return. */
  readonly count: number;
  /** Milliseconds after `at` in which to look; `Infinity` is allowed. */
  readonly horizonMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = MINUTES_PER_DAY * MINUTE_MS;
/** Recurring items repeat with the weeks and the DST phases of a year: what has not changed for that long changes only at an absolute instant. */
const QUIET_MS = 400 * DAY_MS;

/**
 * The next changes of {@link matches} strictly after `at` and at most `horizonMs` later, in order. Empty for what never changes again.
 * It visits only the instants at which an item can change (edges of its ranges, midnights, offset changes), a few per day and item.
 */
export function nextTransitions(spec: TimeSpec, at: number, options: TransitionOptions): Transition[] {
  const found: Transition[] = [];
  const end = at + options.horizonMs;
  let state = matches(spec, at);
  let quietSince = at;
  let candidate = nextCandidate(spec.items, at);
  while (found.length < options.count && candidate <= end && candidate < Number.POSITIVE_INFINITY) {
    const to = matches(spec, candidate);
    if (to !== state) found.push({ at: candidate, to });
    if (to !== state || isInstantOf(spec.items, candidate)) quietSince = candidate;
    state = to;
    candidate = candidate - quietSince > QUIET_MS ? nextInstant(spec.items, candidate) : nextCandidate(spec.items, candidate);
  }
  return found;
}

/** The first instant after `at` at which any item may change; infinite when there is none. */
function nextCandidate(items: readonly TimeSpecItem[], at: number): number {
  let next = nextInstant(items, at);
  for (const item of items) if (item.kind === 'recurring') next = Math.min(next, nextEdge(item, at));
  return next;
}

/** The first `from` or `until` of an absolute or directional item after `at`. */
function nextInstant(items: readonly TimeSpecItem[], at: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (item.kind !== 'interval') continue;
    if (item.from > at) next = Math.min(next, item.from);
    if (item.until > at) next = Math.min(next, item.until);
  }
  return next;
}

function isInstantOf(items: readonly TimeSpecItem[], at: number): boolean {
  return items.some((item) => item.kind === 'interval' && (item.from === at || item.until === at));
}

function nextEdge(item: RecurringItem, at: number): number {
  if (item.ranges.length === 0) return Number.POSITIVE_INFINITY;
  const { offsetMs, until } = zoneOffset(item.zone, at);
  const local = at + offsetMs;
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  let next = midnight + DAY_MS;
  for (const range of item.ranges) {
    for (const minute of [range.from, range.to]) {
      const edge = midnight + minute * MINUTE_MS;
      if (edge > local && edge < next) next = edge;
    }
  }
  // Beyond the stretch another offset may hold, so its end is visited as if it were an edge.
  return Math.min(next - offsetMs, until);
}
