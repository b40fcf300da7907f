import { done, type KubectlResult, notRollingUpdate, wait } from './result.ts';
import { int32, int64, mappingIn, type Typed, textIn } from './typed.ts';

/** Nothing to schedule is done. */
export function daemonSetRollout(object: Typed): KubectlResult {
  const metadata = mappingIn(object, 'metadata');
  const status = mappingIn(object, 'status');
  const name = JSON.stringify(textIn(metadata, 'name'));
  const wanted = int32(status, 'desiredNumberScheduled');
  const updated = int32(status, 'updatedNumberScheduled');
  const available = int32(status, 'numberAvailable');
  const isObserved = int64(metadata, 'generation') <= int64(status, 'observedGeneration');
  if (textIn(mappingIn(mappingIn(object, 'spec'), 'updateStrategy'), 'type') !== 'RollingUpdate') return notRollingUpdate();
  if (!isObserved) return wait('GenerationNotObserved', 'Waiting for daemon set spec update to be observed...');
  const waiting = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < wanted) return wait('LessUpdated', `${waiting} ${updated} out of ${wanted} new pods have been updated...`);
  if (available < wanted) return wait('LessAvailable', `${waiting} ${available} of ${wanted} updated pods are available...`);
  return done(`daemon set ${name} successfully rolled out`);
}
