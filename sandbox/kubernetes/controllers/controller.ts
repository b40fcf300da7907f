import { type ApiObject, copyOf } from '../api-object.ts';
import type { JsonObject } from '../json.ts';
import { builtin, kindOfObject } from '../kinds/definitions.ts';
import type { StoreEvent } from '../store.ts';
import { updateObject } from '../verbs/update.ts';
import type { World } from '../verbs/world.ts';

/**
 * One control loop. `concerns` names the objects (by uid) that an event may have put out of order; `reconcile` brings one of them a step
 * closer to what it should be. A step that changes something makes events, and those make the next step.
 */
export interface Controller {
  readonly name: string;
  readonly concerns: (event: StoreEvent, world: World) => readonly string[];
  readonly reconcile: (world: World, uid: string) => void;
}

export const CONTROLLER_MANAGER = { manager: 'kube-controller-manager' } as const;

/** uid of the object itself when it is of this kind, of its owner when it is owned by one. */
export function selfOrOwner(plural: string): Controller['concerns'] {
  const kind = builtin(plural);
  return ({ object, kind: changed }) => {
    if (changed.id === kind.id) return object.metadata.uid ? [object.metadata.uid] : [];
    return (object.metadata.ownerReferences ?? []).filter((owner) => owner.kind === kind.kind).map(({ uid }) => uid);
  };
}

/** The live object if it is of this kind and not on its way out. */
export function living(world: World, plural: string, uid: string): ApiObject | undefined {
  const object = world.store.byUid(uid);
  return object && object.kind === builtin(plural).kind && !object.metadata.deletionTimestamp ? object : undefined;
}

export function ownedOfKind(world: World, owner: ApiObject, plural: string): ApiObject[] {
  const { kind } = builtin(plural);
  return world.store
    .ownedBy(owner.metadata.uid ?? '')
    .filter((child) => child.kind === kind)
    .sort((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

export function ownerReference(owner: ApiObject): JsonObject {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Writes status the way controllers do; the same status again is no write. */
export function writeStatus(world: World, object: ApiObject, status: JsonObject, annotations?: Record<string, string>): void {
  const kind = kindOfObject(object);
  if (!kind) return;
  const next = { ...copyOf(object), status };
  if (annotations) next.metadata.annotations = { ...next.metadata.annotations, ...annotations };
  updateObject(world, kind, object, next, { ...CONTROLLER_MANAGER, subresource: 'status' });
}

/** Numbers as Go's `omitempty` writes them: a zero is left out. */
export function counts(numbers: Readonly<Record<string, number>>): JsonObject {
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0));
}
