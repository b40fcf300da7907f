import { createHash } from 'node:crypto';
import { type ApiObject, copyOf } from '../api-object.ts';
import { type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { updateObject } from '../verbs/update.ts';
import { nowIn, type World } from '../verbs/world.ts';
import { type Controller, selfOrOwner } from './controller.ts';

const KUBELET = { manager: 'kubelet', subresource: 'status' } as const;

/** Scheduler and kubelet in one: a new pod gets a node, runs and is ready; a deleted one stops; a Job's pod finishes. */
export const podController: Controller = {
  name: 'pod',
  concerns: selfOrOwner('pods'),
  reconcile(world, uid) {
    const pod = world.store.byUid(uid);
    if (pod?.kind !== 'Pod') return;
    if (pod.metadata.deletionTimestamp) stop(world, pod);
    else if (!textAt(pod, 'spec', 'nodeName')) bind(world, pod);
    else if (textAt(pod, 'status', 'phase') === 'Pending') run(world, pod);
    else if (textAt(pod, 'status', 'phase') === 'Running' && textAt(pod, 'spec', 'restartPolicy') !== 'Always') finish(world, pod);
  },
};

function bind(world: World, pod: ApiObject): void {
  const nodes = world.store.list(builtin('nodes'));
  const digest = createHash('sha256').update(pod.metadata.name).digest();
  const node = nodes[(digest[0] ?? 0) % Math.max(1, nodes.length)]?.metadata.name ?? 'sandbox-node';
  const bound = copyOf(pod);
  bound.spec = { ...objectAt(bound, 'spec'), nodeName: node };
  const conditions = [{ type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: nowIn(world) }];
  bound.status = { ...objectAt(bound, 'status'), conditions };
  // Binding is a door of its own on a real server; here it is one write of spec and status.
  world.store.put(builtin('pods'), bound);
}

function run(world: World, pod: ApiObject): void {
  const now = nowIn(world);
  const digest = createHash('sha256')
    .update(pod.metadata.uid ?? '')
    .digest();
  const podIP = `10.244.${digest[0]}.${((digest[1] ?? 0) % 254) + 1}`;
  writePodStatus(world, pod, {
    ...objectAt(pod, 'status'),
    phase: 'Running',
    conditions: conditions(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'], 'True', now),
    hostIP: '10.0.0.1',
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: now,
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

function conditions(types: readonly string[], status: 'True' | 'False', now: string, reason?: string): JsonObject[] {
  return types.map((type) => ({ type, status, lastProbeTime: null, lastTransitionTime: now, ...(reason ? { reason } : {}) }));
}

function containerStatuses(pod: ApiObject, ready: boolean, state: JsonObject): Json[] {
  return listAt(pod, 'spec', 'containers').map((container) => {
    const image = textAt(container, 'image') ?? '';
    return {
      name: textAt(container, 'name') ?? '',
      state: { ...state },
      lastState: {},
      ready,
      restartCount: 0,
      image,
      imageID: image.includes('@') ? image : `${image.replace(/:[^/:]*$/, '')}@sha256:${createHash('sha256').update(image).digest('hex')}`,
      started: ready,
    };
  });
}
