import { groupOf } from '../../lib/sleep/kinds/api-group.ts';
import { isKind, kindOf } from '../../lib/sleep/kinds/kinds.ts';
import type { Fields } from './fields.ts';

/** Kinds that other downscalers put to sleep, or that keep a workload from sleeping, and that take no part here. */
const EXPECTED = new Set(['DaemonSet', 'Job', 'Rollout', 'ScaledObject', 'Stack']);

/**
 * Someone may expect these kinds to sleep, so they are named; Services and their like are not.
 * @returns one line for all of them, or none
 */
export function passedOver(objects: readonly Fields[]): string[] {
  const counts = new Map<string, { readonly plural: string; count: number }>();
  for (const object of objects) {
    const named = nameOf(object);
    if (!named) continue;
    const { singular, plural } = named;
    counts.set(singular, { plural, count: (counts.get(singular)?.count ?? 0) + 1 });
  }
  if (counts.size === 0) return [];
  const named = [...counts].map(([singular, { plural, count }]) => `${count} ${count === 1 ? singular : plural}`).join(', ');
  return [`${named} passed over: only Deployments, StatefulSets and CronJobs sleep`];
}

/** Another API may call something by the name of a kind that sleeps: then its group is said too. */
function nameOf(object: Fields): { readonly singular: string; readonly plural: string } | undefined {
  const { kind, apiVersion } = object;
  if (typeof kind !== 'string') return undefined;
  if (EXPECTED.has(kind)) return { singular: kind, plural: `${kind}s` };
  if (!isKind(kind) || kindOf(object) !== undefined) return undefined;
  const group = groupOf(String(apiVersion)) || String(apiVersion);
  return { singular: `${kind} of ${group}`, plural: `${kind}s of ${group}` };
}
