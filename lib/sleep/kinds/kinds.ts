import { cronJobKind } from './cron-job.ts';
import type { KindAdapter } from './kind.ts';
import { scaledKind } from './scaled.ts';

/** The kinds that can sleep. Databases (StatefulSets) wake before what uses them, and fall asleep after. */
export const kinds = {
  StatefulSet: scaledKind('StatefulSet', 'statefulsets', 1),
  Deployment: scaledKind('Deployment', 'deployments', 2),
  CronJob: cronJobKind,
} as const satisfies Readonly<Record<string, KindAdapter>>;

export type KindName = keyof typeof kinds;

export function isKind(name: string | undefined): name is KindName {
  return name !== undefined && Object.hasOwn(kinds, name);
}

export function adapterOf(kind: KindName): KindAdapter {
  return kinds[kind];
}
