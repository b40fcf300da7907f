import { type Fields, textAt } from '../../../kubernetes/fields.ts';
import type { Verdict } from '../outcome.ts';
import type { Scene } from '../scene.ts';
import { judgeArgoRollout } from './argo-rollout.ts';
import { judgeAutoscaler } from './autoscaler.ts';
import { judgeDaemonSet } from './daemon-set.ts';
import { judgeApiService, judgeDefinition } from './definition.ts';
import { judgeDeployment } from './deployment.ts';
import { judgeGeneric } from './generic.ts';
import { judgeJob } from './job.ts';
import { judgeIngress, judgeService } from './networking.ts';
import { judgePod } from './pod.ts';
import { judgeReplicaSet } from './replica-set.ts';
import { judgeStatefulSet } from './stateful-set.ts';
import { judgeClaim, judgeVolume } from './storage.ts';

export interface KindRule {
  readonly judge: (scene: Scene) => Verdict;
  /** Its controller always says which generation it saw: without a word it has seen none. */
  readonly alwaysObserved?: true;
}

/** By group and kind, whatever the version. A kind of the same name in another group is another kind. */
const RULES: Readonly<Record<string, KindRule>> = {
  'apps/Deployment': { judge: judgeDeployment, alwaysObserved: true },
  'extensions/Deployment': { judge: judgeDeployment, alwaysObserved: true },
  'apps/StatefulSet': { judge: judgeStatefulSet, alwaysObserved: true },
  'apps/DaemonSet': { judge: judgeDaemonSet, alwaysObserved: true },
  'extensions/DaemonSet': { judge: judgeDaemonSet, alwaysObserved: true },
  'apps/ReplicaSet': { judge: judgeReplicaSet, alwaysObserved: true },
  'extensions/ReplicaSet': { judge: judgeReplicaSet, alwaysObserved: true },
  '/ReplicationController': { judge: judgeReplicaSet, alwaysObserved: true },
  'batch/Job': { judge: judgeJob },
  '/Pod': { judge: judgePod },
  '/PersistentVolumeClaim': { judge: judgeClaim },
  '/PersistentVolume': { judge: judgeVolume },
  '/Service': { judge: judgeService },
  'networking.k8s.io/Ingress': { judge: judgeIngress },
  'extensions/Ingress': { judge: judgeIngress },
  'autoscaling/HorizontalPodAutoscaler': { judge: judgeAutoscaler },
  'apiextensions.k8s.io/CustomResourceDefinition': { judge: judgeDefinition },
  'apiregistration.k8s.io/APIService': { judge: judgeApiService },
  'argoproj.io/Rollout': { judge: judgeArgoRollout },
};

const GENERIC: KindRule = { judge: judgeGeneric };

export function ruleOf(object: Fields): KindRule {
  const [group = '', version] = (textAt(object, 'apiVersion') ?? '').split('/');
  const key = `${version === undefined ? '' : group}/${textAt(object, 'kind') ?? ''}`;
  return (Object.hasOwn(RULES, key) ? RULES[key] : undefined) ?? GENERIC;
}
