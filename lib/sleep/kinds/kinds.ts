import type { KubernetesObject } from '@kubernetes/client-node';
import { isOf } from './api-group.ts';
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

/** Groups that the API served a kind in once; manifests of then are still about. */
const formerGroups: Readonly<Partial<Record<KindName, readonly string[]>>> = { Deployment: ['extensions'] };

/** What an object is among the kinds that can sleep. */
export function kindOf(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): KindName | undefined {
  const { kind } = object;
  if (!isKind(kind)) return undefined;
  return isOf(object, kind, [kinds[kind].resource.group, ...(formerGroups[kind] ?? [])]) ? kind : undefined;
}

export function adapterOf(kind: KindName): KindAdapter {
  return kinds[kind];
}
