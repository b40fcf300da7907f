import { at, type Fields, integerAt, textAt } from '../../../kubernetes/fields.ts';
import type { Verdict } from '../outcome.ts';
import { groupFindings } from '../pods/group-findings.ts';
import { podFindings } from '../pods/pod-findings.ts';
import { podScene } from '../pods/pod-scene.ts';
import { statefulSetPods } from '../pods/revision-pods.ts';
import { withPods } from '../pods/with-pods.ts';
import { type Scene, say, warning } from '../scene.ts';
import { count, firstStep, pods, type Step, scaledToZero, wantedReplicas } from './counters.ts';
import { creationFailed, creationRefused } from './creation-failure.ts';

export function judgeStatefulSet(scene: Scene): Verdict {
  if (!integerAt(scene.object, 'status', 'observedGeneration')) {
    return say(scene, 'waiting', 'NotObserved', 'its controller has not seen it yet');
  }
  const found = statefulSetPods(scene);
  const base = byCounters(scene);
  const stuck = base.outcome === 'waiting' ? failingOldPods(scene, found.old) : [];
  return scaledToZero(scene) ?? withPods(scene, warning(base, ...stuck), found);
}

function byCounters(scene: Scene): Verdict {
  const steps = [...sizeSteps(scene), ...revisionSteps(scene)];
  const waiting = firstStep(scene, steps);
  const refused = waiting && creationRefused(scene);
  if (refused !== undefined) return creationFailed(scene, refused);
  return waiting ?? warning(say(scene, 'done', 'Ready', doneText(scene)), ...remarks(scene));
}

function sizeSteps(scene: Scene): readonly Step[] {
  const wanted = wantedReplicas(scene);
  const [replicas, ready] = [count(scene, 'replicas'), count(scene, 'readyReplicas')];
  // Servers from before minReadySeconds do not say how many are available.
  const delayed = (integerAt(scene.object, 'spec', 'minReadySeconds') ?? 0) > 0;
  const available = integerAt(scene.object, 'status', 'availableReplicas') ?? (delayed ? 0 : ready);
  return [
    { waits: replicas > wanted, reason: 'ExtraPods', message: `${pods(replicas - wanted)} more than the ${wanted} wanted` },
    { waits: replicas < wanted, reason: 'LessReplicas', message: `${replicas} of ${pods(wanted)} made` },
    { waits: ready < wanted, reason: 'LessReady', message: `not ready: ${ready} of ${pods(wanted)} ready` },
    { waits: available < wanted, reason: 'LessAvailable', message: `${available} of ${pods(wanted)} available` },
  ];
}

function revisionSteps(scene: Scene): readonly Step[] {
  if (isOnDelete(scene)) return [];
  const wanted = wantedReplicas(scene);
  const partition = partitionOf(scene);
  const updated = count(scene, 'updatedReplicas');
  if (partition !== undefined) {
    const asked = Math.max(0, wanted - partition);
    const message = `${updated} of ${pods(asked)} updated${partition > 0 ? ` (partition ${partition})` : ''}`;
    return [{ waits: updated < asked, reason: partition > 0 ? 'PartitionRollout' : 'LessUpdated', message }];
  }
  const [current, update] = [textAt(scene.object, 'status', 'currentRevision'), textAt(scene.object, 'status', 'updateRevision')];
  return [{ waits: current !== update, reason: 'RevisionMismatch', message: `revision ${update} is not everywhere yet` }];
}

function remarks(scene: Scene): readonly string[] {
  const { object, ref } = scene;
  const partition = partitionOf(scene);
  if (isOnDelete(scene)) {
    const differs = textAt(object, 'status', 'currentRevision') !== textAt(object, 'status', 'updateRevision');
    return differs ? [`${ref}: its strategy is OnDelete: pods take the new template when somebody deletes them`] : [];
  }
  if (partition === undefined || partition === 0) return [];
  const nothing = partition >= wantedReplicas(scene);
  return [
    nothing
      ? `${ref}: nothing rolled: partition ${partition} keeps all pods as they are`
      : `${ref}: partition ${partition} keeps that many pods as they are`,
  ];
}

/** A failing old pod stops an ordered rollout, until somebody deletes it (kubernetes#67250). */
function failingOldPods(scene: Scene, old: readonly Fields[]): readonly string[] {
  const failures = old.flatMap((pod) => podFindings(podScene(scene, pod))).filter(({ weight }) => weight === 'failed');
  return groupFindings(failures, old.length).map(
    ({ resource, message }) => `${resource}, of the old revision, may hold up the rollout: ${message}`,
  );
}

function isOnDelete({ object }: Scene): boolean {
  return textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
}

function partitionOf({ object }: Scene): number | undefined {
  return integerAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
}

function doneText(scene: Scene): string {
  const what = isOnDelete(scene) || at(scene.object, 'status', 'updatedReplicas') === undefined ? 'ready' : 'updated and ready';
  return `${count(scene, 'readyReplicas')}/${wantedReplicas(scene)} replicas ${what}`;
}
