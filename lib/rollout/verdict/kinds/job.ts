import { at, integerAt, isFields, textAt } from '../../../kubernetes/fields.ts';
import { condition } from '../conditions.ts';
import type { Verdict } from '../outcome.ts';
import { withPods } from '../pods/with-pods.ts';
import { type Scene, say } from '../scene.ts';
import { count, pods } from './counters.ts';
import { creationFailed, creationRefused } from './creation-failure.ts';

/** A Job is done when its work is, however often it was tried. */
export function judgeJob(scene: Scene): Verdict {
  const verdict = byConditions(scene);
  return verdict.outcome === 'waiting'
    ? withPods(scene, verdict, { current: (scene.observed.pods ?? []).filter(isFields), old: [] })
    : verdict;
}

function byConditions(scene: Scene): Verdict {
  const { object } = scene;
  // FailureTarget and SuccessCriteriaMet say how it will end while its last pods are still ending.
  const failed = condition(object, 'Failed', 'True') ?? condition(object, 'FailureTarget', 'True');
  const tries = count(scene, 'failed');
  if (failed !== undefined) {
    return say(scene, 'failed', failed.reason || 'JobFailed', failed.message || `the job failed after ${pods(tries)} failed`);
  }
  if ((condition(object, 'Complete', 'True') ?? condition(object, 'SuccessCriteriaMet', 'True')) !== undefined) {
    return say(scene, 'done', 'Complete', tries === 0 ? 'complete' : `complete, after ${pods(tries)} failed`);
  }
  if (at(object, 'spec', 'suspend') === true)
    return say(scene, 'blocked', 'Suspended', 'suspended: set spec.suspend to false to let it run');
  const refused = creationRefused(scene);
  if (refused !== undefined) return creationFailed(scene, refused);
  if (textAt(object, 'status', 'startTime') === undefined) return say(scene, 'waiting', 'NotStarted', 'not started yet');
  const limit = integerAt(object, 'spec', 'backoffLimit') ?? 6;
  return say(
    scene,
    'waiting',
    'Running',
    `${count(scene, 'active')} running, ${count(scene, 'succeeded')} succeeded, ${tries} failed (limit ${limit})`,
  );
}
