import { type ApiObject, copyOf } from '../api-object.ts';
import { type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { updateObject } from '../verbs/update.ts';
import { nowIn, type World } from '../verbs/world.ts';
import { type Controller, selfOrOwner } from './controller.ts';
import { bindPod } from './pod-binding.ts';
import { failingStatus, isSettled, pullError } from './pod-failure.ts';
import { firstFailing } from './pod-fate.ts';
import { addresses, conditions, finishedInits, pulledStatus } from './pod-status.ts';
import { recordEvent } from './record-event.ts';

const KUBELET = { manager: 'kubelet', subresource: 'status' } as const;

/** Scheduler and kubelet in one: a new pod gets a node, runs and is ready, or fails as its image says; a deleted one stops; a Job's pod finishes. */
export const podController: Controller = {
  name: 'pod',
  concerns: selfOrOwner('pods'),
  reconcile(world, uid) {
    const pod = world.store.byUid(uid);
    if (pod?.kind !== 'Pod') return;
    const phase = textAt(pod, 'status', 'phase');
    if (pod.metadata.deletionTimestamp) stop(world, pod);
    else if (!textAt(pod, 'spec', 'nodeName')) bindPod(world, pod);
    else if (phase === 'Pending') start(world, pod);
    else if (phase === 'Running' && textAt(pod, 'spec', 'restartPolicy') !== 'Always' && !firstFailing(pod)) finish(world, pod);
  },
};

function start(world: World, pod: ApiObject): void {
  const failing = firstFailing(pod);
  if (failing === undefined) {
    run(world, pod);
    return;
  }
  if (isSettled(pod)) return;
  const { fate, container } = failing;
  if ((fate === 'missing' || fate === 'denied') && listAt(pod, 'status', 'containerStatuses').length === 0) {
    const image = textAt(container, 'image') ?? '';
    recordEvent(world, pod, {
      reason: 'Failed',
      message: `Failed to pull image "${image}": ${pullError(image, fate)}`,
      component: 'kubelet',
    });
  }
  writePodStatus(world, pod, failingStatus(pod, failing, nowIn(world)));
}

function run(world: World, pod: ApiObject): void {
  const now = nowIn(world);
  writePodStatus(world, pod, {
    ...objectAt(pod, 'status'),
    phase: 'Running',
    conditions: conditions(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'], 'True', now),
    ...addresses(pod),
    startTime: now,
    ...finishedInits(pod, now),
    containerStatuses: containerStatuses(pod, true, { running: { startedAt: now } }),
  });
}

function finish(world: World, pod: ApiObject): void {
  const now = nowIn(world);
  writePodStatus(world, pod, {
    ...objectAt(pod, 'status'),
    phase: 'Succeeded',
    conditions: [
      ...conditions(['Initialized', 'PodScheduled'], 'True', now),
      ...conditions(['Ready', 'ContainersReady'], 'False', now, 'PodCompleted'),
    ],
    containerStatuses: containerStatuses(pod, false, { terminated: { exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now } }),
  });
}

function stop(world: World, pod: ApiObject): void {
  const { finalizers, namespace, name } = pod.metadata;
  if ((finalizers ?? []).length === 0) world.store.remove(builtin('pods'), namespace, name);
}

function writePodStatus(world: World, pod: ApiObject, status: JsonObject): void {
  updateObject(world, builtin('pods'), pod, { ...copyOf(pod), status }, KUBELET);
}

function containerStatuses(pod: ApiObject, ready: boolean, state: JsonObject): Json[] {
  return listAt(pod, 'spec', 'containers').map((container) => pulledStatus(container, ready, state));
}
