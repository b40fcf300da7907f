import type { Fields } from '../../../kubernetes/fields.ts';
import { StatusError } from '../../object/status-error.ts';
import { type Condition, conditionsOf, conditionWith } from '../conditions.ts';
import { crashLoopingContainers } from '../crash-loops.ts';
import { textAt } from '../nested.ts';
import { current, failed, inProgress, type KstatusResult } from '../result.ts';
import { rfc3339 } from '../rfc3339.ts';

/** How long a pod that cannot be scheduled is waited for. */
const SCHEDULE_WINDOW_MS = 15_000;

/** Init and ephemeral containers are never read. */
export function podStatus(object: Fields, now: number): KstatusResult {
  const conditions = conditionsOf(object);
  const phase = textAt(object, ['status', 'phase'], '');
  switch (phase) {
    case 'Succeeded':
      return current('Pod has completed successfully');
    case 'Failed':
      return current('Pod has completed, but not successfully');
    case 'Running':
      return runningStatus(object, conditions);
    case 'Pending':
      return pendingStatus(object, conditions, now);
    case '':
      return inProgress('PodNotObserved', 'Pod phase not available');
    default:
      throw new StatusError('UnknownPhase', `there is no phase ${JSON.stringify(phase.slice(0, 40))} of a Pod`, 'look at the pod itself');
  }
}

function runningStatus(object: Fields, conditions: readonly Condition[]): KstatusResult {
  if (conditionWith(conditions, 'Ready', 'True')) return current('Pod is Ready');
  const names = crashLoopingContainers(object);
  if (names.length > 0) return failed('ContainerCrashLooping', `Containers in CrashLoop state: ${names.join(',')}`);
  return inProgress('PodRunningNotReady', 'Pod is running but is not Ready');
}

/** Only the first PodScheduled=False counts, and only while it says Unschedulable. */
function pendingStatus(object: Fields, conditions: readonly Condition[], now: number): KstatusResult {
  if (conditionWith(conditions, 'PodScheduled', 'False')?.reason !== 'Unschedulable') {
    return inProgress('PodPending', 'Pod is in the Pending phase');
  }
  const created = rfc3339(textAt(object, ['metadata', 'creationTimestamp'], ''));
  if (created !== undefined && now - SCHEDULE_WINDOW_MS < created) return inProgress('PodNotScheduled', 'Pod has not been scheduled');
  return failed('PodUnschedulable', 'Pod could not be scheduled');
}
