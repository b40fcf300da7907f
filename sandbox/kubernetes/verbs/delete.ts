import { type ApiObject, copyOf, timestamp } from '../api-object.ts';
import { type JsonObject, listAt, textAt } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { badRequest, conflict } from '../status.ts';
import { liveObject, uidMismatch } from './update.ts';
import type { World } from './world.ts';

export interface DeleteOptions {
  readonly propagation?: string;
  readonly graceSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
}

/** DELETE: the object is gone (a Status says so) or waits for finalizers, its contents or its grace period (the object says so). */
export function deleteObject(world: World, kind: Kind, namespace: string | undefined, name: string, options: DeleteOptions): JsonObject {
  const live = liveObject(world, kind, namespace, name);
  checkPreconditions(kind, live, options);
  const next = copyOf(live);
  addPropagationFinalizer(kind, next, options.propagation);
  const grace = gracePeriod(kind, live, options.graceSeconds);
  const waits =
    grace > 0 ||
    (next.metadata.finalizers ?? []).length > 0 ||
    (kind.id === '/namespaces' && listAt(next, 'spec', 'finalizers').length > 0);
  if (!waits) {
    if (!options.dryRun) world.store.remove(kind, namespace, name);
    return deletedStatus(kind, live);
  }
  if (!live.metadata.deletionTimestamp) {
    next.metadata.deletionTimestamp = timestamp(world.clock.now() + grace * 1000);
    next.metadata.deletionGracePeriodSeconds = grace;
    if (kind.generation !== 'none') next.metadata.generation = (next.metadata.generation ?? 0) + 1;
    if (kind.id === '/namespaces') next.status = { phase: 'Terminating' };
  }
  return options.dryRun || live.metadata.deletionTimestamp ? next : world.store.put(kind, next);
}

function checkPreconditions(kind: Kind, live: ApiObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== live.metadata.uid) throw conflict(kind, live.metadata.name, uidMismatch(kind, uid, live));
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) {
    throw conflict(
      kind,
      live.metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${live.metadata.resourceVersion ?? ''}`,
    );
  }
}

const POLICIES = ['Orphan', 'Background', 'Foreground'];

function addPropagationFinalizer(kind: Kind, object: ApiObject, asked: string | undefined): void {
  if (asked !== undefined && !POLICIES.includes(asked)) {
    throw badRequest(
      `invalid DeleteOptions: propagationPolicy: Unsupported value: "${asked}": supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  }
  const policy = asked ?? kind.propagation;
  const finalizer = { Orphan: 'orphan', Foreground: 'foregroundDeletion' }[policy];
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizer && !finalizers.includes(finalizer)) object.metadata.finalizers = [...finalizers, finalizer];
}

/** Only a pod that a node runs has something to stop. */
function gracePeriod(kind: Kind, live: ApiObject, asked: number | undefined): number {
  if (kind.id !== '/pods' || !textAt(live, 'spec', 'nodeName')) return 0;
  if (['Succeeded', 'Failed'].includes(textAt(live, 'status', 'phase') ?? '')) return 0;
  const own = live.spec;
  const seconds = typeof own === 'object' && own !== null && !Array.isArray(own) ? own.terminationGracePeriodSeconds : undefined;
  return asked ?? (typeof seconds === 'number' ? seconds : 30);
}

function deletedStatus(kind: Kind, object: ApiObject): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata.name,
      ...(kind.group ? { group: kind.group } : {}),
      kind: kind.plural,
      uid: object.metadata.uid ?? '',
    },
  };
}
