import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { sleepersAfter } from './asleep.ts';
import { isOf } from './kinds/api-group.ts';
import { kindOf } from './kinds/kinds.ts';
import { type Notice, plan } from './plan.ts';
import { type PlanItem, planItem } from './plan-item.ts';
import { podForcesUptime } from './pod-force.ts';
import type { SleepPolicy } from './policy.ts';
import { readNamespace, readWorkload } from './read-workload.ts';
import type { Sleeper } from './savings.ts';
import { isScaledObject, scaleTargetOf, scaleTargets } from './scale-targets.ts';
import { type Observation, refOf, type Workload } from './workload.ts';

export interface ManifestPlan {
  readonly items: readonly PlanItem[];
  readonly notices: readonly Notice[];
  /** What would be asleep; its cluster is called `manifests`. */
  readonly sleepers: readonly Sleeper[];
}

/** Decides on manifests instead of a cluster: the very plan that a run would make of these objects. Objects of other kinds are passed over. */
export function planManifests(objects: readonly KubernetesObject[], policy: SleepPolicy, now: number): ManifestPlan {
  const { decisions, notices } = plan(observationOf(objects, policy), policy, { now, intent: 'schedule' });
  return { items: decisions.map(planItem), notices, sleepers: sleepersAfter('manifests', decisions) };
}

/** Of an object that is given twice the last holds, as it would with `kubectl apply`. */
function observationOf(objects: readonly KubernetesObject[], policy: SleepPolicy): Observation {
  const workloads = new Map<string, Workload>();
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === undefined) continue;
    const workload = readWorkload(kind, object);
    workloads.set(refOf(workload), workload);
  }
  const pods = objects.filter((object) => isOf(object, 'Pod', [''])) as V1Pod[];
  return {
    workloads: [...workloads.values()],
    namespaces: objects.filter((object) => isOf(object, 'Namespace', [''])).map(readNamespace),
    podForcingUptime: policy.podForceUptime ? pods.map(podForcesUptime).find((name) => name !== undefined) : undefined,
    scaleTargets: scaleTargets(objects.filter(isScaledObject).flatMap((object) => scaleTargetOf(object) ?? [])),
    unseen: [],
  };
}
