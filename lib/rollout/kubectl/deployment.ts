import { done, error, type KubectlResult, wait } from './result.ts';
import { int32, int64, mappingIn, mappingsIn, optionalInt32, type Typed, textIn } from './typed.ts';

/** Available=False, ReplicaFailure and `paused` are not consulted. */
export function deploymentRollout(object: Typed): KubectlResult {
  const metadata = mappingIn(object, 'metadata');
  const status = mappingIn(object, 'status');
  const name = JSON.stringify(textIn(metadata, 'name'));
  const wanted = optionalInt32(mappingIn(object, 'spec'), 'replicas');
  const progressing = progressingReason(status);
  if (int64(metadata, 'generation') > int64(status, 'observedGeneration')) {
    return wait('GenerationNotObserved', 'Waiting for deployment spec update to be observed...');
  }
  if (progressing === 'ProgressDeadlineExceeded') return error(progressing, `deployment ${name} exceeded its progress deadline`);
  return countsRollout(status, { name, wanted });
}

/** Of the first Progressing condition; all of them are decoded. */
function progressingReason(status: Typed): string | undefined {
  const conditions = mappingsIn(status, 'conditions').map((condition) => ({
    type: textIn(condition, 'type'),
    status: textIn(condition, 'status'),
    reason: textIn(condition, 'reason'),
    message: textIn(condition, 'message'),
  }));
  return conditions.find(({ type }) => type === 'Progressing')?.reason;
}

interface Wanted {
  readonly name: string;
  readonly wanted: number | undefined;
}

function countsRollout(status: Typed, { name, wanted }: Wanted): KubectlResult {
  const replicas = int32(status, 'replicas');
  const updated = int32(status, 'updatedReplicas');
  const available = int32(status, 'availableReplicas');
  const waiting = `Waiting for deployment ${name} rollout to finish:`;
  if (wanted !== undefined && updated < wanted) {
    return wait('LessUpdated', `${waiting} ${updated} out of ${wanted} new replicas have been updated...`);
  }
  if (replicas > updated) return wait('OldReplicas', `${waiting} ${replicas - updated} old replicas are pending termination...`);
  if (available < updated) return wait('LessAvailable', `${waiting} ${available} of ${updated} updated replicas are available...`);
  return done(`deployment ${name} successfully rolled out`);
}
