import { isFields } from '../../kubernetes/fields.ts';
import { groupKindOf } from '../object/object-kind.ts';
import { StatusError } from '../object/status-error.ts';
import { kstatusCompat } from './kstatus-compat.ts';
import { failed, type KstatusResult } from './result.ts';

const POD_CONTROLLERS: ReadonlySet<string> = new Set(['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet']);

export interface ControllerStatus {
  /** The controller as the API server returns it. */
  readonly object: unknown;
  /** What `kstatusCompat` made of it. */
  readonly result: KstatusResult;
}

/**
 * What kstatus's poller adds to the status of an object: a controller in progress has failed once a pod of it has. A pod that waits for an
 * autoscaler longer than 15 seconds is one, so this is for those who want the poller's answer, not for a verdict.
 * cli-utils 0.37 does it for ReplicaSets and StatefulSets; a Deployment is taken for the ReplicaSet that it is rolling out.
 * @param pods those of the controller; one that has no status counts for nothing
 * @param now epoch milliseconds
 */
export function withPodFailures({ object, result }: ControllerStatus, pods: readonly unknown[], now: number): KstatusResult {
  if (result.status !== 'InProgress' || !isFields(object) || !POD_CONTROLLERS.has(groupKindOf(object))) return result;
  const count = pods.filter((pod) => hasFailed(pod, now)).length;
  return count === 0 ? result : failed('', `${count} pods have failed`);
}

function hasFailed(pod: unknown, now: number): boolean {
  try {
    return kstatusCompat(pod, now).status === 'Failed';
  } catch (error) {
    if (error instanceof StatusError) return false;
    throw error;
  }
}
