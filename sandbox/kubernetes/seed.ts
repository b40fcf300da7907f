import type { KubernetesObject } from '@kubernetes/client-node';
import { type ApiObject, copyOf } from './api-object.ts';
import { builtin, kindNamed, kindOfObject } from './kinds/definitions.ts';
import type { Kind } from './kinds/kind.ts';
import { createObject } from './verbs/create.ts';
import { deleteObject } from './verbs/delete.ts';
import { updateObject } from './verbs/update.ts';
import type { World } from './verbs/world.ts';

/** Namespaces that a new cluster has. */
const OWN_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** How a change made by hand shows in managedFields. */
const PERSON = { manager: 'kubectl-edit' };

/** Fills a new cluster. Given status is kept until a controller knows better. */
export function seed(world: World, objects: readonly ApiObject[]): void {
  for (const name of OWN_NAMESPACES) ensureNamespace(world, name);
  const namespacesFirst = [...objects].sort((left, right) => Number(right.kind === 'Namespace') - Number(left.kind === 'Namespace'));
  for (const object of namespacesFirst) putByHand(asOf(world, object), object);
}

/** A cluster that is filled has a past: objects are as old as they say, so that grace periods are over. */
function asOf(world: World, object: ApiObject): World {
  const created = Date.parse(String(object.metadata.creationTimestamp ?? ''));
  return Number.isNaN(created) ? world : { ...world, clock: { ...world.clock, now: () => created } };
}

function ensureNamespace(world: World, name: string): void {
  const namespaces = builtin('namespaces');
  if (!world.store.get(namespaces, undefined, name)) createObject(world, namespaces, undefined, { metadata: { name } }, PERSON);
}

/** Changes past the network, under the same rules as over it. */
export interface ByHand {
  /** Creates the object, or replaces it whatever its version. */
  put(object: KubernetesObject): KubernetesObject;
  get(apiVersion: string, kind: string, namespace: string | undefined, name: string): KubernetesObject | undefined;
  remove(apiVersion: string, kind: string, namespace: string | undefined, name: string): void;
}

export function byHand(world: World): ByHand {
  const find = (apiVersion: string, kind: string): Kind => required(kindNamed(apiVersion, kind), `${apiVersion} ${kind}`);
  return {
    put: (object) => given(putByHand(world, JSON.parse(JSON.stringify(object)) as ApiObject)),
    get(apiVersion, kind, namespace, name) {
      const found = world.store.get(find(apiVersion, kind), namespace, name);
      return found && given(found);
    },
    remove(apiVersion, kind, namespace, name) {
      deleteObject(world, find(apiVersion, kind), namespace, name, {});
    },
  };
}

function putByHand(world: World, object: ApiObject): ApiObject {
  const kind = required(kindOfObject(object), `${object.apiVersion} ${object.kind}`);
  const namespace = kind.namespaced ? (object.metadata.namespace ?? 'default') : undefined;
  if (namespace !== undefined) ensureNamespace(world, namespace);
  const live = world.store.get(kind, namespace, object.metadata.name);
  const { resourceVersion: _resourceVersion, uid: _uid, ...metadata } = object.metadata;
  const wanted: ApiObject = { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } };
  const stored = live ? updateObject(world, kind, live, wanted, PERSON) : createObject(world, kind, namespace, wanted, PERSON);
  if (object.status === undefined || !kind.hasStatus) return stored;
  const current = world.store.get(kind, namespace, stored.metadata.name);
  return current
    ? updateObject(world, kind, current, { ...copyOf(current), status: object.status }, { ...PERSON, subresource: 'status' })
    : stored;
}

function required(kind: Kind | undefined, name: string): Kind {
  if (!kind) throw new Error(`the sandbox does not serve ${name}`);
  return kind;
}

function given(object: ApiObject): KubernetesObject {
  return copyOf(object) as unknown as KubernetesObject;
}
