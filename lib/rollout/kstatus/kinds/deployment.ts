import type { Fields } from '../../../kubernetes/fields.ts';
import { type Condition, conditionsOf, conditionWith } from '../conditions.ts';
import { integerAt } from '../nested.ts';
import { current, failed, inProgress, type KstatusResult } from '../result.ts';

/** The controller takes this deadline for none, and then sets no Progressing condition. */
const NO_DEADLINE = 2_147_483_647;

/** `paused` and ReplicaFailure are not read. */
export function deploymentStatus(object: Fields): KstatusResult {
  const conditions = conditionsOf(object);
  const late = conditions.find(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded');
  if (late) return failed(late.reason, 'Progress deadline exceeded');
  return countsStatus(object) ?? conditionStatus(object, conditions);
}

function countsStatus(object: Fields): KstatusResult | undefined {
  const count = (field: string): number => integerAt(object, ['status', field], 0);
  const wanted = integerAt(object, ['spec', 'replicas'], 1);
  const replicas = count('replicas');
  const updated = count('updatedReplicas');
  const available = count('availableReplicas');
  const ready = count('readyReplicas');
  if (wanted > replicas) return inProgress('LessReplicas', `Replicas: ${replicas}/${wanted}`);
  if (wanted > updated) return inProgress('LessUpdated', `Updated: ${updated}/${wanted}`);
  if (replicas > wanted) return inProgress('ExtraPods', `Pending termination: ${replicas - wanted}`);
  if (updated > available) return inProgress('LessAvailable', `Available: ${available}/${updated}`);
  if (wanted > ready) return inProgress('LessReady', `Ready: ${ready}/${wanted}`);
  return undefined;
}

function conditionStatus(object: Fields, conditions: readonly Condition[]): KstatusResult {
  const withoutDeadline = integerAt(object, ['spec', 'progressDeadlineSeconds'], NO_DEADLINE) === NO_DEADLINE;
  const finished = conditions.some(
    ({ type, status, reason }) => type === 'Progressing' && status === 'True' && reason === 'NewReplicaSetAvailable',
  );
  if (!withoutDeadline && !finished) return inProgress('ReplicaSetNotAvailable', 'ReplicaSet not Available');
  if (!conditionWith(conditions, 'Available', 'True')) return inProgress('DeploymentNotAvailable', 'Deployment not Available');
  return current(`Deployment is available. Replicas: ${integerAt(object, ['status', 'replicas'], 0)}`);
}
