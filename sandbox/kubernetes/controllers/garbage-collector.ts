import { type ApiObject, copyOf } from '../api-object.ts';
import { kindNamed, kindOfObject } from '../kinds/definitions.ts';
import { deleteObject } from '../verbs/delete.ts';
import { updateObject } from '../verbs/update.ts';
import type { World } from '../verbs/world.ts';
import { CONTROLLER_MANAGER, type Controller } from './controller.ts';

/** Deletes what nobody owns any more, and serves the `orphan` and `foregroundDeletion` finalizers of what is being deleted. */
export const garbageCollector: Controller = {
  name: 'garbage',
  concerns({ type, object }, world) {
    const owners = (object.metadata.ownerReferences ?? []).map(({ uid }) => uid);
    const { uid } = object.metadata;
    if (type === 'DELETED') return [...world.store.ownedBy(uid ?? '').flatMap((child) => child.metadata.uid ?? []), ...owners];
    return uid !== undefined && (owners.length > 0 || object.metadata.deletionTimestamp !== undefined) ? [uid] : [];
  },
  reconcile(world, uid) {
    const object = world.store.byUid(uid);
    if (!object) return;
    const finalizers = object.metadata.deletionTimestamp ? (object.metadata.finalizers ?? []) : [];
    if (finalizers.includes('orphan')) orphan(world, object);
    else if (finalizers.includes('foregroundDeletion')) foreground(world, object);
    else if (isAbandoned(world, object)) remove(world, object);
  },
};

function isAbandoned(world: World, object: ApiObject): boolean {
  const owners = object.metadata.ownerReferences ?? [];
  return owners.length > 0 && object.metadata.deletionTimestamp === undefined && owners.every((owner) => isGone(world, owner));
}

/** An owner of a kind that is not served cannot be looked up, so its dependents are left alone, as a real collector does. */
function isGone(
  world: World,
  { apiVersion, kind, uid }: { readonly apiVersion: string; readonly kind: string; readonly uid: string },
): boolean {
  return kindNamed(apiVersion, kind) !== undefined && world.store.byUid(uid) === undefined;
}

function remove(world: World, object: ApiObject, propagation = 'Background'): void {
  const kind = kindOfObject(object);
  if (kind) deleteObject(world, kind, object.metadata.namespace, object.metadata.name, { propagation });
}

function orphan(world: World, owner: ApiObject): void {
  for (const child of world.store.ownedBy(owner.metadata.uid ?? '')) {
    const next = copyOf(child);
    next.metadata.ownerReferences = (next.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
    write(world, child, next);
  }
  dropFinalizer(world, owner, 'orphan');
}

function foreground(world: World, owner: ApiObject): void {
  const blocking = world.store
    .ownedBy(owner.metadata.uid ?? '')
    .filter((child) =>
      child.metadata.ownerReferences?.some(({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion === true),
    );
  for (const child of blocking) if (!child.metadata.deletionTimestamp) remove(world, child, 'Foreground');
  const left = blocking.some((child) => world.store.byUid(child.metadata.uid ?? ''));
  if (!left) dropFinalizer(world, owner, 'foregroundDeletion');
}

function dropFinalizer(world: World, object: ApiObject, finalizer: string): void {
  const next = copyOf(object);
  next.metadata.finalizers = (next.metadata.finalizers ?? []).filter((one) => one !== finalizer);
  write(world, object, next);
}

function write(world: World, live: ApiObject, next: ApiObject): void {
  const kind = kindOfObject(live);
  if (kind) updateObject(world, kind, live, next, CONTROLLER_MANAGER);
}
