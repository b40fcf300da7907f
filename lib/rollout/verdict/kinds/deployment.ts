import { at } from '../../../kubernetes/fields.ts';
import { condition, conditionsOf } from '../conditions.ts';
import type { Verdict } from '../outcome.ts';
import { deploymentPods, newReplicaSet } from '../pods/revision-pods.ts';
import { withPods } from '../pods/with-pods.ts';
import { refOf, type Scene, say, warning } from '../scene.ts';
import { count, firstStep, pods, type Step, scaledToZero, wantedReplicas } from './counters.ts';
import { creationFailed, replicaFailure } from './creation-failure.ts';

export function judgeDeployment(scene: Scene): Verdict {
  return scaledToZero(scene) ?? withPods(scene, byCounters(scene), deploymentPods(scene));
}

function byCounters(scene: Scene): Verdict {
  const steps = stepsOf(scene);
  const waiting = firstStep(scene, steps);
  const paused = at(scene.object, 'spec', 'paused') === true;
  if (paused && midRollout(scene)) {
    return say(
      scene,
      'blocked',
      'Paused',
      `paused in mid-rollout: ${waiting?.reasons[0]?.message ?? ''}; kubectl rollout resume lets it go on`,
    );
  }
  const failure = failureOf(scene);
  if (failure !== undefined) return failure;
  const text = `${count(scene, 'updatedReplicas')}/${wantedReplicas(scene)} replicas updated and available`;
  const remarks = paused ? [`${scene.ref} is paused: its next template will not be rolled out`] : [];
  return warning(waiting ?? say(scene, 'done', 'Available', text), ...oldTrouble(scene), ...remarks);
}

function stepsOf(scene: Scene): readonly Step[] {
  const wanted = wantedReplicas(scene);
  const [replicas, updated] = [count(scene, 'replicas'), count(scene, 'updatedReplicas')];
  const [available, ready] = [count(scene, 'availableReplicas'), count(scene, 'readyReplicas')];
  return [
    { waits: updated < wanted, reason: 'LessUpdated', message: `${updated} of ${pods(wanted)} updated` },
    { waits: replicas < wanted, reason: 'LessReplicas', message: `${replicas} of ${pods(wanted)} made` },
    { waits: replicas > updated, reason: 'OldReplicas', message: `${pods(replicas - updated)} of an older version not gone yet` },
    { waits: replicas > wanted, reason: 'ExtraPods', message: `${pods(replicas - wanted)} more than the ${wanted} wanted` },
    { waits: ready < wanted, reason: 'LessReady', message: `${ready} of ${pods(wanted)} ready` },
    { waits: available < wanted, reason: 'LessAvailable', message: `${available} of ${pods(wanted)} available` },
  ];
}

/** The template is not everywhere yet; a size that is not reached is no rollout. */
function midRollout(scene: Scene): boolean {
  return count(scene, 'updatedReplicas') < wantedReplicas(scene) || count(scene, 'replicas') > count(scene, 'updatedReplicas');
}

function failureOf(scene: Scene): Verdict | undefined {
  const { object, observed } = scene;
  const set = newReplicaSet(object, observed.replicaSets);
  const ofSet = replicaFailure(set);
  if (ofSet !== undefined) return creationFailed({ ...scene, ref: refOf({ kind: 'ReplicaSet', metadata: at(set, 'metadata') }) }, ofSet);
  // The condition passes on what any of the ReplicaSets says: where the new one has no trouble, an old one has.
  const own = set === undefined ? replicaFailure(object) : undefined;
  if (own !== undefined) return creationFailed(scene, own);
  const late = conditionsOf(object).find(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded');
  if (late === undefined) return undefined;
  return say(scene, 'failed', 'ProgressDeadlineExceeded', late.message || 'no progress within progressDeadlineSeconds');
}

/** A ReplicaFailure that is not the new ReplicaSet's. */
function oldTrouble({ object, ref }: Scene): readonly string[] {
  const trouble = condition(object, 'ReplicaFailure', 'True');
  return trouble === undefined ? [] : [`${ref}: ${trouble.reason || 'ReplicaFailure'}: ${trouble.message}`];
}
