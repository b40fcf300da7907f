import { nextTransitions } from '../../lib/schedule/next-transitions.ts';
import { parseTimeSpec } from '../../lib/schedule/parse-time-spec.ts';

/** When the dev cluster's people work. */
export const workingHours = 'Mon-Fri 07:00-19:00 Europe/Berlin';

const hour = 3_600_000;
const week = 7 * 24 * hour;

/** The next night and the morning after it, by the cluster's own working hours. Epoch ms: two hours into the night, five minutes into the day. */
export function eveningAndMorning(now: number): { readonly evening: number; readonly morning: number } {
  const parsed = parseTimeSpec(workingHours, { dialect: 'nightshift' });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  // Tomorrow's, so that nothing that was only just created is inside its grace period.
  const transitions = nextTransitions(parsed.spec, now + hour, { count: 3, horizonMs: week });
  const sleep = transitions.findIndex(({ to }) => !to);
  const [end, start] = [transitions[sleep], transitions[sleep + 1]];
  if (!end || !start) throw new Error('the working hours have no night');
  return { evening: end.at + 2 * hour, morning: start.at + 5 * 60_000 };
}
