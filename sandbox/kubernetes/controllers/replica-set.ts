import type { ApiObject } from '../api-object.ts';
import { numberAt } from '../json.ts';
import { type Controller, counts, living, ownedOfKind, selfOrOwner, writeStatus } from './controller.ts';
import { createPod, deletePod, isActive, isReady } from './pod-template.ts';

/** Keeps as many pods as the ReplicaSet asks for. */
export const replicaSetController: Controller = {
  name: 'replicaset',
  concerns: selfOrOwner('replicasets'),
  reconcile(world, uid) {
    const set = living(world, 'replicasets', uid);
    if (!set) return;
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const pods = ownedOfKind(world, set, 'pods').filter(isActive);
    for (let missing = wanted - pods.length; missing > 0; missing--) createPod(world, set, { generateName: `${set.metadata.name}-` });
    const surplus = Math.max(0, pods.length - wanted);
    for (const pod of [...pods].sort(leastUsefulFirst).slice(0, surplus)) deletePod(world, pod);
    const left = ownedOfKind(world, set, 'pods').filter(isActive);
    const ready = left.filter(isReady).length;
    writeStatus(world, set, {
      replicas: left.length,
      ...counts({
        fullyLabeledReplicas: left.length,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: set.metadata.generation ?? 0,
      }),
    });
  },
};

function leastUsefulFirst(left: ApiObject, right: ApiObject): number {
  return Number(isReady(left)) - Number(isReady(right)) || Number(right.metadata.resourceVersion) - Number(left.metadata.resourceVersion);
}
