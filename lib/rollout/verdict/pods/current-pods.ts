import { type Fields, isFields } from '../../../kubernetes/fields.ts';
import type { RolloutKind } from '../../kinds.ts';
import type { Observed, Scene } from '../scene.ts';
import { argoRolloutPods, daemonSetPods, deploymentPods, statefulSetPods } from './revision-pods.ts';
import type { RevisionPods } from './with-pods.ts';

const CHOOSERS: Readonly<Record<RolloutKind, (subject: Pick<Scene, 'object' | 'observed'>) => RevisionPods>> = {
  Deployment: deploymentPods,
  StatefulSet: statefulSetPods,
  DaemonSet: daemonSetPods,
  Job: ({ observed }) => ({ current: (observed.pods ?? []).filter(isFields), old: [] }),
  Rollout: argoRolloutPods,
};

/** The pods of a workload's new revision, among those that were observed. */
export function currentPods(kind: RolloutKind, observed: Observed): readonly Fields[] {
  const object = isFields(observed.object) ? observed.object : {};
  return CHOOSERS[kind]({ object, observed }).current;
}
