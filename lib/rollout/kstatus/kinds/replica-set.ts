import type { Fields } from '../../../kubernetes/fields.ts';
import { conditionsOf, conditionWith } from '../conditions.ts';
import { integerAt } from '../nested.ts';
import { current, inProgress, type KstatusResult } from '../result.ts';

export function replicaSetStatus(object: Fields): KstatusResult {
  if (conditionWith(conditionsOf(object), 'ReplicaFailure', 'True')) {
    return inProgress('ReplicaFailure', 'Replica Failure condition. Check Pods');
  }
  const count = (field: string): number => integerAt(object, ['status', field], 0);
  const wanted = integerAt(object, ['spec', 'replicas'], 1);
  const labelled = count('fullyLabeledReplicas');
  const available = count('availableReplicas');
  const ready = count('readyReplicas');
  const replicas = count('replicas');
  if (wanted > labelled) return inProgress('LessLabelled', `Labelled: ${labelled}/${wanted}`);
  if (wanted > available) return inProgress('LessAvailable', `Available: ${available}/${wanted}`);
  if (wanted > ready) return inProgress('LessReady', `Ready: ${ready}/${wanted}`);
  if (replicas > wanted) return inProgress('ExtraPods', `Pending termination: ${replicas - wanted}`);
  return current(`ReplicaSet is available. Replicas: ${replicas}`);
}
