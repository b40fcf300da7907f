/** Kinds that other downscalers put to sleep, or that keep a workload from sleeping, and that take no part here. */
const EXPECTED = new Set(['DaemonSet', 'Job', 'Rollout', 'ScaledObject', 'Stack']);

/**
 * Someone may expect these kinds to sleep, so they are named; Services and their like are not.
 * @returns one line for all of them, or none
 */
export function passedOver(objects: readonly Readonly<Record<string, unknown>>[]): string[] {
  const counts = new Map<string, number>();
  for (const { kind } of objects) {
    if (typeof kind === 'string' && EXPECTED.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const named = [...counts].map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`).join(', ');
  return [`${named} passed over: only Deployments, StatefulSets and CronJobs sleep`];
}
