import type { Fields } from '../../../kubernetes/fields.ts';
import { integerAt, textAt } from '../nested.ts';
import { current, inProgress, type KstatusResult } from '../result.ts';

/** Stands for a partition that is not set; the API server sets it to 0 where a RollingUpdate has none. */
const NO_PARTITION = -1;

/** OnDelete is current at once, with no pod ready; availableReplicas and minReadySeconds are not read. */
export function statefulSetStatus(object: Fields): KstatusResult {
  if (textAt(object, ['spec', 'updateStrategy', 'type'], '') === 'OnDelete') {
    return current('StatefulSet is using the ondelete update strategy');
  }
  return countsStatus(object) ?? rolloutStatus(object);
}

function wantedOf(object: Fields): number {
  return integerAt(object, ['spec', 'replicas'], 1);
}

function countOf(object: Fields, field: string): number {
  return integerAt(object, ['status', field], 0);
}

function countsStatus(object: Fields): KstatusResult | undefined {
  const wanted = wantedOf(object);
  const replicas = countOf(object, 'replicas');
  const ready = countOf(object, 'readyReplicas');
  if (wanted > replicas) return inProgress('LessReplicas', `Replicas: ${replicas}/${wanted}`);
  if (wanted > ready) return inProgress('LessReady', `Ready: ${ready}/${wanted}`);
  if (replicas > wanted) return inProgress('ExtraPods', `Pending termination: ${replicas - wanted}`);
  return undefined;
}

function rolloutStatus(object: Fields): KstatusResult {
  const wanted = wantedOf(object);
  const partition = integerAt(object, ['spec', 'updateStrategy', 'rollingUpdate', 'partition'], NO_PARTITION);
  if (partition !== NO_PARTITION) return partitionStatus(countOf(object, 'updatedReplicas'), wanted - partition);
  const onCurrent = countOf(object, 'currentReplicas');
  if (wanted > onCurrent) return inProgress('LessCurrent', `current: ${onCurrent}/${wanted}`);
  const revision = (field: string): string => textAt(object, ['status', field], '');
  if (revision('currentRevision') !== revision('updateRevision')) {
    return inProgress('RevisionMismatch', 'Waiting for updated revision to match current');
  }
  return current(`All replicas scheduled as expected. Replicas: ${countOf(object, 'replicas')}`);
}

function partitionStatus(updated: number, wanted: number): KstatusResult {
  if (updated < wanted) return inProgress('PartitionRollout', `updated: ${updated}/${wanted}`);
  return current(`Partition rollout complete. updated: ${updated}`);
}
