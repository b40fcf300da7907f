import type { Decision } from './decision.ts';
import type { Sleeper } from './savings.ts';

/**
 * How much a workload is smaller than its record once the decision was carried out: 0 for one that is awake. Replicas; for a CronJob 1 while suspended.
 * What keeps out of the night is not asleep, whatever it records.
 */
export function missingAfter({ takesPart, original, to }: Decision): number {
  return takesPart ? belowRecord(original, to) : 0;
}

/** The same when the decision could not be carried out: the workload is as it was. */
export function missingBefore({ takesPart, action, original, from, to }: Decision): number {
  if (!takesPart) return 0;
  // The decision speaks of the record as it would have been: a wake had taken it away.
  return belowRecord(action === 'wake' ? to : original, from);
}

/** Whatever of a plan is asleep once it was carried out. */
export function sleepersAfter(cluster: string, decisions: readonly Decision[]): readonly Sleeper[] {
  return decisions.map((decision) => ({ cluster, workload: decision.workload, missing: missingAfter(decision) })).filter(isAsleep);
}

export function isAsleep({ missing }: Sleeper): boolean {
  return missing > 0;
}

function belowRecord(record: Decision['original'], size: number): number {
  return typeof record === 'number' ? Math.max(0, record - size) : 0;
}
