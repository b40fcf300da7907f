import { type ApiObject, copyOf } from '../api-object.ts';
import { at, clone, type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { createObject } from '../verbs/create.ts';
import { deleteObject } from '../verbs/delete.ts';
import { updateObject } from '../verbs/update.ts';
import type { World } from '../verbs/world.ts';
import { CONTROLLER_MANAGER, type Controller, living, ownedOfKind, ownerReference, selfOrOwner, writeStatus } from './controller.ts';
import { deploymentStatus } from './deployment-status.ts';
import { templateHash } from './pod-template.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/** Rolls a Deployment out: one ReplicaSet per template, the newest grows while the others shrink within maxSurge and maxUnavailable. */
export const deploymentController: Controller = {
  name: 'deployment',
  concerns: selfOrOwner('deployments'),
  reconcile(world, uid) {
    const deployment = living(world, 'deployments', uid);
    if (!deployment) return;
    const hash = templateHash(at(deployment, 'spec', 'template'));
    const sets = ownedOfKind(world, deployment, 'replicasets');
    let newest = sets.find((set) => set.metadata.labels?.['pod-template-hash'] === hash);
    const old = sets.filter((set) => set !== newest);
    const isPaused = at(deployment, 'spec', 'paused') === true;
    if (!newest && !isPaused) newest = createReplicaSet(world, deployment, hash, sets);
    if (isPaused) scalePaused(world, deployment, sets);
    else if (newest) roll(world, deployment, newest, old);
    report(world, uid, hash);
  },
};

function createReplicaSet(world: World, deployment: ApiObject, hash: string, sets: readonly ApiObject[]): ApiObject {
  const revision = 1 + Math.max(0, ...sets.map(revisionOf));
  const template = clone<JsonObject>(objectAt(deployment, 'spec', 'template') ?? {});
  const labels = { ...objectAt(template, 'metadata', 'labels'), 'pod-template-hash': hash };
  template.metadata = { ...objectAt(template, 'metadata'), labels };
  const selector = objectAt(deployment, 'spec', 'selector') ?? {};
  const body: JsonObject = {
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      labels,
      annotations: { [REVISION]: String(revision), 'deployment.kubernetes.io/desired-replicas': String(wantedReplicas(deployment)) },
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas: 0,
      selector: { ...clone<JsonObject>(selector), matchLabels: { ...objectAt(selector, 'matchLabels'), 'pod-template-hash': hash } },
      template,
    },
  };
  return createObject(world, builtin('replicasets'), deployment.metadata.namespace, body, CONTROLLER_MANAGER);
}

function wantedReplicas(deployment: ApiObject): number {
  return numberAt(deployment, 'spec', 'replicas') ?? 1;
}

function revisionOf(set: ApiObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

function sizeOf(set: ApiObject): number {
  return numberAt(set, 'spec', 'replicas') ?? 0;
}

function roll(world: World, deployment: ApiObject, newest: ApiObject, old: readonly ApiObject[]): void {
  const wanted = wantedReplicas(deployment);
  const active = old.filter((set) => sizeOf(set) > 0);
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') {
    for (const set of active) resize(world, set, 0);
    const running = old.some((set) => ownedOfKind(world, set, 'pods').length > 0);
    if (!running) resize(world, newest, wanted);
    return;
  }
  const surge = absolute(at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge'), wanted, Math.ceil);
  let unavailable = absolute(at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable'), wanted, Math.floor);
  if (surge === 0 && unavailable === 0) unavailable = 1;
  const oldTotal = active.reduce((sum, set) => sum + sizeOf(set), 0);
  resize(world, newest, Math.min(wanted, Math.max(sizeOf(newest), wanted + surge - oldTotal)));
  shrink(world, { newest, active, least: wanted - unavailable });
  if (active.length === 0) trimHistory(world, deployment, old);
}

interface Shrinking {
  readonly newest: ApiObject;
  readonly active: readonly ApiObject[];
  /** As many pods have to stay available. */
  readonly least: number;
}

/** Old pods that never came up go first: nothing is lost with them. Then as many available ones as the new ones make up for. */
function shrink(world: World, { newest, active, least }: Shrinking): void {
  const availableOf = (set: ApiObject): number => numberAt(set, 'status', 'availableReplicas') ?? 0;
  const total = (count: (set: ApiObject) => number): number => [newest, ...active].reduce((sum, set) => sum + count(set), 0);
  let unhealthy = total(sizeOf) - least - Math.max(0, sizeOf(newest) - availableOf(newest));
  let removable = total(availableOf) - least;
  for (const set of active) {
    const useless = Math.min(Math.max(0, unhealthy), Math.max(0, sizeOf(set) - availableOf(set)));
    const useful = Math.min(Math.max(0, removable), sizeOf(set) - useless);
    resize(world, set, sizeOf(set) - useless - useful);
    unhealthy -= useless;
    removable -= useful;
  }
}

/** A number, or a percentage of the wanted replicas. */
function absolute(value: Json | undefined, of: number, round: (value: number) => number): number {
  if (typeof value === 'string' && value.endsWith('%')) return round((Number(value.slice(0, -1)) * of) / 100);
  return Number(value ?? 0);
}

/** A paused Deployment starts no rollout but still changes size: its latest ReplicaSet takes the difference. */
function scalePaused(world: World, deployment: ApiObject, sets: readonly ApiObject[]): void {
  const latest = [...sets].sort((left, right) => revisionOf(right) - revisionOf(left));
  const rest = latest.slice(1).reduce((sum, set) => sum + sizeOf(set), 0);
  if (latest[0]) resize(world, latest[0], Math.max(0, wantedReplicas(deployment) - rest));
}

function resize(world: World, set: ApiObject, replicas: number): void {
  if (sizeOf(set) === replicas) return;
  const next = copyOf(set);
  next.spec = { ...objectAt(next, 'spec'), replicas };
  updateObject(world, builtin('replicasets'), set, next, CONTROLLER_MANAGER);
}

function trimHistory(world: World, deployment: ApiObject, old: readonly ApiObject[]): void {
  const keep = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10;
  const newestFirst = [...old].sort((left, right) => revisionOf(right) - revisionOf(left));
  for (const set of newestFirst.slice(keep)) deleteObject(world, builtin('replicasets'), set.metadata.namespace, set.metadata.name, {});
}

function report(world: World, uid: string, hash: string): void {
  const deployment = living(world, 'deployments', uid);
  if (!deployment) return;
  const sets = ownedOfKind(world, deployment, 'replicasets');
  const newest = sets.find((set) => set.metadata.labels?.['pod-template-hash'] === hash);
  const status = deploymentStatus(deployment, sets, newest, world);
  const revision = newest?.metadata.annotations?.[REVISION];
  writeStatus(
    world,
    deployment,
    status,
    revision === undefined || listAt(status, 'conditions').length === 0 ? undefined : { [REVISION]: revision },
  );
}
