import type { ApiObject } from '../api-object.ts';
import { at, type Json, type JsonObject, listAt, numberAt, textAt } from '../json.ts';
import { nowIn, type World } from '../verbs/world.ts';
import { counts } from './controller.ts';

/** What a Deployment says of itself, from its ReplicaSets. */
export function deploymentStatus(
  deployment: ApiObject,
  sets: readonly ApiObject[],
  newest: ApiObject | undefined,
  world: World,
): JsonObject {
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const total = (field: string): number => sets.reduce((sum, set) => sum + (numberAt(set, 'status', field) ?? 0), 0);
  const [replicas, ready, available] = [total('replicas'), total('readyReplicas'), total('availableReplicas')];
  const updated = newest ? (numberAt(newest, 'status', 'replicas') ?? 0) : 0;
  const isDone = updated === wanted && replicas === wanted && available === wanted;
  const isAvailable = available >= wanted - maxUnavailable(deployment, wanted);
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    ...counts({
      replicas,
      updatedReplicas: updated,
      readyReplicas: ready,
      availableReplicas: available,
      unavailableReplicas: Math.max(0, Math.max(wanted, replicas) - available),
    }),
    conditions: conditions(deployment, newest, isAvailable, isDone, nowIn(world)),
  };
}

function maxUnavailable(deployment: ApiObject, wanted: number): number {
  const value = at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
  return typeof value === 'string' ? Math.floor((Number(value.replace('%', '')) * wanted) / 100) : Number(value ?? 0);
}

function conditions(deployment: ApiObject, newest: ApiObject | undefined, isAvailable: boolean, isDone: boolean, now: string): Json[] {
  const set = newest?.metadata.name ?? '';
  const available = isAvailable
    ? { status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : { status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' };
  const progressing = isDone
    ? { status: 'True', reason: 'NewReplicaSetAvailable', message: `ReplicaSet "${set}" has successfully progressed.` }
    : { status: 'True', reason: 'ReplicaSetUpdated', message: `ReplicaSet "${set}" is progressing.` };
  // A change of size alone is no progress of a rollout: once complete, the condition stays complete until the template changes.
  const before = find(deployment, 'Progressing');
  const stays = textAt(before, 'reason') === 'NewReplicaSetAvailable' && textAt(before, 'message')?.includes(`"${set}"`) === true;
  return [dated(deployment, 'Available', available, now), stays && before ? before : dated(deployment, 'Progressing', progressing, now)];
}

function find(deployment: ApiObject, type: string): Json | undefined {
  return listAt(deployment, 'status', 'conditions').find((condition) => textAt(condition, 'type') === type);
}

/** Keeps the dates of what did not change. */
function dated(deployment: ApiObject, type: string, next: { status: string; reason: string; message: string }, now: string): JsonObject {
  const before = find(deployment, type);
  const same = textAt(before, 'reason') === next.reason && textAt(before, 'message') === next.message;
  const sameStatus = textAt(before, 'status') === next.status;
  return {
    type,
    ...next,
    lastUpdateTime: (same ? textAt(before, 'lastUpdateTime') : undefined) ?? now,
    lastTransitionTime: (sameStatus ? textAt(before, 'lastTransitionTime') : undefined) ?? now,
  };
}
