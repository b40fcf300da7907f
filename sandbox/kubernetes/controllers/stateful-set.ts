import type { ApiObject } from '../api-object.ts';
import { at, numberAt, textAt } from '../json.ts';
import type { World } from '../verbs/world.ts';
import { type Controller, counts, living, ownedOfKind, selfOrOwner, writeStatus } from './controller.ts';
import { createPod, deletePod, isReady, templateHash } from './pod-template.ts';

const REVISION = 'controller-revision-hash';

/** Keeps the pods `name-0` to `name-(n-1)`: one after the other unless the policy is Parallel, the highest goes first. */
export const statefulSetController: Controller = {
  name: 'statefulset',
  concerns: selfOrOwner('statefulsets'),
  reconcile(world, uid) {
    const set = living(world, 'statefulsets', uid);
    if (!set) return;
    const revision = `${set.metadata.name}-${templateHash(at(set, 'spec', 'template'))}`;
    step(world, set, revision);
    report(world, set, revision);
  },
};

function step(world: World, set: ApiObject, revision: string): void {
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
  const first = numberAt(set, 'spec', 'ordinals', 'start') ?? 0;
  const isParallel = textAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
  const pods = new Map(ownedOfKind(world, set, 'pods').map((pod) => [ordinalOf(pod), pod]));
  for (let ordinal = first; ordinal < first + wanted; ordinal++) {
    const pod = pods.get(ordinal);
    if (!pod) createOrdinal(world, set, ordinal, revision);
    if (!isParallel && !(pod && isReady(pod) && !pod.metadata.deletionTimestamp)) return;
  }
  const surplus = [...pods.keys()].filter((ordinal) => ordinal < first || ordinal >= first + wanted).sort((left, right) => right - left);
  for (const ordinal of isParallel ? surplus : surplus.slice(0, 1)) {
    const pod = pods.get(ordinal);
    if (pod) deletePod(world, pod);
  }
  if (surplus.length === 0 && textAt(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete') updateOne(world, set, [...pods], revision);
}

/** A new template replaces one pod at a time, from the highest ordinal down to the partition. */
function updateOne(world: World, set: ApiObject, pods: ReadonlyArray<readonly [number, ApiObject]>, revision: string): void {
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  const outdated = pods.filter(([ordinal, pod]) => ordinal >= partition && pod.metadata.labels?.[REVISION] !== revision);
  const highest = outdated.sort(([left], [right]) => right - left)[0];
  if (highest && pods.every(([, pod]) => isReady(pod) && !pod.metadata.deletionTimestamp)) deletePod(world, highest[1]);
}

function createOrdinal(world: World, set: ApiObject, ordinal: number, revision: string): void {
  const name = `${set.metadata.name}-${ordinal}`;
  const labels = { 'apps.kubernetes.io/pod-index': String(ordinal), [REVISION]: revision, 'statefulset.kubernetes.io/pod-name': name };
  createPod(world, set, { name }, labels);
}

function ordinalOf(pod: ApiObject): number {
  return Number(pod.metadata.name.slice(pod.metadata.name.lastIndexOf('-') + 1));
}

function report(world: World, set: ApiObject, revision: string): void {
  const pods = ownedOfKind(world, set, 'pods').filter((pod) => !pod.metadata.deletionTimestamp);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION] === revision).length;
  const before = textAt(set, 'status', 'currentRevision') ?? revision;
  const isDone = updated === pods.length && pods.length === (numberAt(set, 'spec', 'replicas') ?? 1) && ready === pods.length;
  writeStatus(world, set, {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: pods.length,
    ...counts({ readyReplicas: ready, currentReplicas: isDone ? pods.length : pods.length - updated, updatedReplicas: updated }),
    currentRevision: isDone ? revision : before,
    updateRevision: revision,
    collisionCount: 0,
    availableReplicas: ready,
  });
}
