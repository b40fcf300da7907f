import type { KubernetesObject } from '@kubernetes/client-node';
import { isOf } from './kinds/api-group.ts';
import { kindOf } from './kinds/kinds.ts';
import { refOf, type Workload } from './workload.ts';

/**
 * The workloads that KEDA scales: their refs, and the name of the ScaledObject that does it. `unknown`: the ScaledObjects could not be
 * looked at, so that any workload with replicas may be one.
 */
export type ScaleTargets = ReadonlyMap<string, string> | 'unknown';

/** One of them. */
export interface ScaleTarget {
  readonly ref: string;
  readonly scaledObject: string;
}

/** Whether it is a `ScaledObject` of `keda.sh`. */
export function isScaledObject(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): boolean {
  return isOf(object, 'ScaledObject', ['keda.sh']);
}

/**
 * What a ScaledObject scales: `spec.scaleTargetRef`, of its own namespace, a Deployment of `apps/v1` unless it says otherwise
 * (https://keda.sh/docs/latest/reference/scaledobject-spec/).
 * @returns undefined when it is nothing that can sleep, or is not said
 */
export function scaleTargetOf(object: KubernetesObject): ScaleTarget | undefined {
  const { apiVersion = 'apps/v1', kind = 'Deployment', name } = targetRefOf(object);
  const target = kindOf({ apiVersion, kind });
  if (target === undefined || typeof name !== 'string') return undefined;
  const namespace = object.metadata?.namespace || 'default';
  return { ref: refOf({ namespace, kind: target, name }), scaledObject: object.metadata?.name ?? object.metadata?.generateName ?? '' };
}

export function scaleTargets(targets: readonly ScaleTarget[]): ReadonlyMap<string, string> {
  return new Map(targets.map(({ ref, scaledObject }) => [ref, scaledObject]));
}

/** The ScaledObject that scales this workload, if any is known to. */
export function scaledObjectOf(workload: Workload, targets: ScaleTargets): string | undefined {
  return targets === 'unknown' ? undefined : targets.get(refOf(workload));
}

interface TargetRef {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: unknown;
}

/** KEDA's schema is not ours to rely on: a field of another type counts as not written. */
function targetRefOf(object: KubernetesObject): TargetRef {
  const { spec } = object as { readonly spec?: { readonly scaleTargetRef?: Readonly<Record<string, unknown>> | null } | null };
  const { apiVersion, kind, name } = spec?.scaleTargetRef ?? {};
  return { apiVersion: textOf(apiVersion), kind: textOf(kind), name };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
