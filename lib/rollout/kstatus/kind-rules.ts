import type { Fields } from '../../kubernetes/fields.ts';
import { customResourceDefinitionStatus } from './kinds/custom-resource-definition.ts';
import { daemonSetStatus } from './kinds/daemon-set.ts';
import { deploymentStatus } from './kinds/deployment.ts';
import { jobStatus } from './kinds/job.ts';
import { persistentVolumeClaimStatus } from './kinds/persistent-volume-claim.ts';
import { podStatus } from './kinds/pod.ts';
import { replicaSetStatus } from './kinds/replica-set.ts';
import { serviceStatus } from './kinds/service.ts';
import { statefulSetStatus } from './kinds/stateful-set.ts';
import { current, type KstatusResult } from './result.ts';

/** Of a kind, once the generic rules have not decided. `now` is epoch milliseconds. */
export type KindRule = (object: Fields, now: number) => KstatusResult;

const alwaysReady: KindRule = () => current('Resource is always ready');

/** By group and kind, whatever the version. The name of a kind in another group has no rule. */
export const KIND_RULES: ReadonlyMap<string, KindRule> = new Map<string, KindRule>([
  ['Pod', podStatus],
  ['Service', serviceStatus],
  ['PersistentVolumeClaim', persistentVolumeClaimStatus],
  ['Secret', alwaysReady],
  ['ConfigMap', alwaysReady],
  ['apps/Deployment', deploymentStatus],
  ['extensions/Deployment', deploymentStatus],
  ['apps/ReplicaSet', replicaSetStatus],
  ['extensions/ReplicaSet', replicaSetStatus],
  ['apps/DaemonSet', daemonSetStatus],
  ['extensions/DaemonSet', daemonSetStatus],
  ['apps/StatefulSet', statefulSetStatus],
  ['batch/Job', jobStatus],
  ['batch/CronJob', alwaysReady],
  ['policy/PodDisruptionBudget', () => current('AllowedDisruptions has been computed.')],
  ['apiextensions.k8s.io/CustomResourceDefinition', customResourceDefinitionStatus],
]);
