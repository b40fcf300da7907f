import { nextTransitions } from '../schedule/next-transitions.ts';
import { readValues } from '../sleep/scope.ts';
import { wantedState } from '../sleep/wanted.ts';
import { specOptions } from './check-schedules.ts';
import type { SleepSection } from './sleep-section.ts';
import { timeSpecsOf } from './time-specs.ts';

/** What a schedule wants of workloads without annotations; `left-alone`: as they are, asleep or awake. */
export type ScheduleState = 'awake' | 'asleep' | 'left-alone';

/** From `at` (epoch milliseconds) on, the schedule wants `to`. */
export interface NextState {
  readonly at: number;
  readonly to: ScheduleState;
}

const STATES = { up: 'awake', down: 'asleep', leave: 'left-alone' } as const;

/** Farther ahead lie only dates; more changes than these, that change nothing in the end, are not looked through. */
const HORIZON_MS = 400 * 86_400_000;
const MOST_TRANSITIONS = 1_000;

/** What the schedule of a section wants at `now`, and why. */
export function wantedNow(sleep: SleepSection, now: number): { readonly state: ScheduleState; readonly reason: string } {
  const { uptime, downtime, upscalePeriod, downscalePeriod } = sleep;
  const scope = readValues('nightshift.yaml', { uptime, downtime, upscalePeriod, downscalePeriod }, specOptions(sleep));
  const { state, reason } = wantedState([scope], now, 'schedule');
  return { state: STATES[state], reason };
}

/** The next `count` changes of {@link wantedNow} after `now`; fewer when nothing changes within a year. */
export function nextStates(sleep: SleepSection, now: number, count: number): readonly NextState[] {
  const changes = timeSpecsOf(sleep).flatMap((spec) => nextTransitions(spec, now, { count: MOST_TRANSITIONS, horizonMs: HORIZON_MS }));
  const instants = [...new Set(changes.map(({ at }) => at))].sort((a, b) => a - b);
  const found: NextState[] = [];
  let state = wantedNow(sleep, now).state;
  for (const at of instants) {
    const to = wantedNow(sleep, at).state;
    if (to !== state) found.push({ at, to });
    if (found.length === count) break;
    state = to;
  }
  return found;
}
