import { createHash } from 'node:crypto';
import type { ApiObject } from '../api-object.ts';
import { type Json, type JsonObject, listAt, textAt } from '../json.ts';

/** The parts of a pod's status as a kubelet writes them. */

export function conditions(types: readonly string[], status: 'True' | 'False', now: string, reason?: string): JsonObject[] {
  return types.map((type) => ({ type, status, lastProbeTime: null, lastTransitionTime: now, ...(reason ? { reason } : {}) }));
}

/** One address per pod, the same for the same pod. */
export function addresses(pod: ApiObject): JsonObject {
  const digest = createHash('sha256')
    .update(pod.metadata.uid ?? '')
    .digest();
  const podIP = `10.244.${digest[0]}.${((digest[1] ?? 0) % 254) + 1}`;
  return { hostIP: '10.0.0.1', podIP, podIPs: [{ ip: podIP }] };
}

/** A container that was pulled. */
export function pulledStatus(container: Json, ready: boolean, state: JsonObject, more: JsonObject = {}): JsonObject {
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
    ...more,
  };
}

/** A container that has not begun. */
export function waitingStatus(container: Json, reason: string, message?: string): JsonObject {
  return {
    name: textAt(container, 'name') ?? '',
    state: { waiting: { reason, ...(message === undefined ? {} : { message }) } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: textAt(container, 'image') ?? '',
    imageID: '',
    started: false,
  };
}

/** Init containers that did their work; none where the pod has none. */
export function finishedInits(pod: ApiObject, now: string): JsonObject {
  const inits = listAt(pod, 'spec', 'initContainers');
  const terminated = { exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now };
  const statuses = inits.map((container) =>
    textAt(container, 'restartPolicy') === 'Always'
      ? pulledStatus(container, true, { running: { startedAt: now } })
      : pulledStatus(container, true, { terminated }, { started: false }),
  );
  return statuses.length === 0 ? {} : { initContainerStatuses: statuses };
}
