import { isFields } from '../../../kubernetes/fields.ts';
import type { Verdict } from '../outcome.ts';
import { withPods } from '../pods/with-pods.ts';
import { type Scene, say } from '../scene.ts';
import { count, firstStep, pods, scaledToZero, wantedReplicas } from './counters.ts';
import { creationFailed, replicaFailure } from './creation-failure.ts';

/** ReplicaSet, and the ReplicationController that was there before it. */
export function judgeReplicaSet(scene: Scene): Verdict {
  return scaledToZero(scene) ?? withPods(scene, byCounters(scene), { current: (scene.observed.pods ?? []).filter(isFields), old: [] });
}

function byCounters(scene: Scene): Verdict {
  const failure = replicaFailure(scene.object);
  if (failure !== undefined) return creationFailed(scene, failure);
  const wanted = wantedReplicas(scene);
  const [replicas, ready, available] = [count(scene, 'replicas'), count(scene, 'readyReplicas'), count(scene, 'availableReplicas')];
  const waiting = firstStep(scene, [
    { waits: replicas < wanted, reason: 'LessReplicas', message: `${replicas} of ${pods(wanted)} made` },
    { waits: replicas > wanted, reason: 'ExtraPods', message: `${pods(replicas - wanted)} more than the ${wanted} wanted` },
    { waits: ready < wanted, reason: 'LessReady', message: `${ready} of ${pods(wanted)} ready` },
    { waits: available < wanted, reason: 'LessAvailable', message: `${available} of ${pods(wanted)} available` },
  ]);
  return waiting ?? say(scene, 'done', 'Available', `${available}/${wanted} replicas available`);
}
