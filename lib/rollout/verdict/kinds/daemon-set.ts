import { integerAt, textAt } from '../../../kubernetes/fields.ts';
import type { Verdict } from '../outcome.ts';
import { daemonSetPods } from '../pods/revision-pods.ts';
import { withPods } from '../pods/with-pods.ts';
import { type Scene, say, warning } from '../scene.ts';
import { count, firstStep, pods } from './counters.ts';
import { creationFailed, creationRefused } from './creation-failure.ts';

export function judgeDaemonSet(scene: Scene): Verdict {
  const desired = integerAt(scene.object, 'status', 'desiredNumberScheduled');
  if (desired === undefined) return say(scene, 'waiting', 'NoDesiredNumber', 'its controller has not counted the nodes yet');
  return withPods(scene, byCounters(scene, desired), daemonSetPods(scene));
}

function byCounters(scene: Scene, desired: number): Verdict {
  const onDelete = textAt(scene.object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  const [current, updated] = [count(scene, 'currentNumberScheduled'), count(scene, 'updatedNumberScheduled')];
  const [ready, available] = [count(scene, 'numberReady'), count(scene, 'numberAvailable')];
  const wanted = pods(desired);
  const waiting = firstStep(scene, [
    { waits: current < desired, reason: 'LessCurrent', message: `${current} of ${wanted} made` },
    { waits: !onDelete && updated < desired, reason: 'LessUpdated', message: `${updated} of ${wanted} updated` },
    { waits: ready < desired, reason: 'LessReady', message: `not ready: ${ready} of ${wanted} ready` },
    { waits: !onDelete && available < desired, reason: 'LessAvailable', message: `${available} of ${wanted} available` },
  ]);
  const refused = waiting && creationRefused(scene);
  if (refused !== undefined) return creationFailed(scene, refused);
  const verdict = waiting ?? say(scene, 'done', 'Available', `${ready}/${desired} nodes have a ready pod`);
  const astray = count(scene, 'numberMisscheduled');
  return astray > 0 ? warning(verdict, `${scene.ref}: ${pods(astray)} on nodes that should have none`) : verdict;
}
