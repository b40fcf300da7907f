import { type ApiObject, copyOf } from '../api-object.ts';
import { equal, type Json, type JsonObject, objectAt } from '../json.ts';
import { invalidValue } from '../kinds/causes.ts';
import type { Kind } from '../kinds/kind.ts';
import { validateMetadata } from '../kinds/validate-metadata.ts';
import type { FieldSet } from '../patches/field-set.ts';
import { trackFields } from '../patches/managed-fields.ts';
import { badRequest, conflict, invalid, notFound } from '../status.ts';
import { objectKey } from '../store.ts';
import { decodeBody } from './body.ts';
import { normalised } from './normalise.ts';
import { nowIn, type World, type WriteOptions } from './world.ts';

export type WrittenPart = 'status' | 'scale' | 'finalize';

export interface UpdateOptions extends WriteOptions {
  readonly subresource?: WrittenPart;
  /** Set by server-side apply: what the applier owns. */
  readonly applied?: FieldSet;
}

/** The live object. @throws StatusError 404 */
export function liveObject(world: World, kind: Kind, namespace: string | undefined, name: string): ApiObject {
  const object = world.store.get(kind, namespace, name);
  if (!object) throw notFound(kind, name);
  return object;
}

/** PUT. @throws StatusError 400, 404, 409 on a stale resourceVersion or another uid, 422. */
export function replaceObject(
  world: World,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  body: JsonObject,
  options: UpdateOptions,
): ApiObject {
  const next = decodeBody(kind, namespace, body);
  if (next.metadata.name !== name) {
    if (!next.metadata.name) throw badRequest('resource name may not be empty');
    throw badRequest(`the name of the object (${next.metadata.name}) does not match the name on the URL (${name})`);
  }
  const live = liveObject(world, kind, namespace, name);
  const { uid } = next.metadata;
  // For a replace the uid is a precondition (409), for a patch a field that may not change (422).
  if (uid && uid !== live.metadata.uid) throw conflict(kind, name, uidMismatch(kind, uid, live));
  return updateObject(world, kind, live, next, options);
}

export function uidMismatch(kind: Kind, uid: string, live: ApiObject): string {
  return `StorageError: invalid object, Code: 4, Key: /registry/${kind.plural}/${objectKey(live)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid ?? ''}`;
}

/** Turns `live` into `next` under all rules of an update; writes nothing when nothing changes. */
export function updateObject(world: World, kind: Kind, live: ApiObject, next: ApiObject, options: UpdateOptions): ApiObject {
  const { name } = live.metadata;
  const { resourceVersion, uid } = next.metadata;
  if (resourceVersion && resourceVersion !== '0' && resourceVersion !== live.metadata.resourceVersion) throw conflict(kind, name);
  if (uid && uid !== live.metadata.uid) throw invalid(kind, name, [invalidValue('metadata.uid', uid, 'field is immutable')]);
  const object = keepServerSet(kind, live, normalised(partOf(live, next, kind, options.subresource)));
  kind.defaults(object);
  const causes = [...validateMetadata(kind, object, live), ...(options.subresource === 'status' ? [] : kind.validate(object, live))];
  if (causes.length > 0) throw invalid(kind, name, causes);
  if (options.subresource !== 'status' && bumpsGeneration(kind, live, object))
    object.metadata.generation = (live.metadata.generation ?? 0) + 1;
  object.metadata.managedFields = trackFields(
    live,
    object,
    {
      manager: options.manager,
      operation: options.applied ? 'Apply' : 'Update',
      apiVersion: kind.apiVersion,
      time: nowIn(world),
      ...(options.subresource && options.subresource !== 'finalize' ? { subresource: options.subresource } : {}),
    },
    options.applied,
  );
  if (sameButForTimes(live, object)) return live;
  if (options.dryRun) return object;
  return store(world, kind, object);
}

function store(world: World, kind: Kind, object: ApiObject): ApiObject {
  const stored = world.store.put(kind, object);
  const { deletionTimestamp, finalizers, namespace, name } = stored.metadata;
  const held = (finalizers?.length ?? 0) > 0 || (kind.id === '/namespaces' && Array.isArray(objectAt(stored, 'spec')?.finalizers));
  const graceful = (stored.metadata.deletionGracePeriodSeconds ?? 0) > 0;
  if (deletionTimestamp && !held && !graceful) world.store.remove(kind, namespace, name);
  return stored;
}

/** Which part of the sent object counts: the main door never changes status, `/status` changes nothing else. */
function partOf(live: ApiObject, next: ApiObject, kind: Kind, subresource: WrittenPart | undefined): ApiObject {
  if (subresource === 'status') {
    const metadata = { ...next.metadata, labels: live.metadata.labels ?? {} };
    return { ...copyOf(live), metadata, ...statusOf(next) };
  }
  if (!kind.hasStatus) return next;
  const { status: _status, ...rest } = next;
  return { ...rest, ...statusOf(live) } as ApiObject;
}

function statusOf(object: ApiObject): JsonObject {
  return object.status === undefined ? {} : { status: object.status };
}

function keepServerSet(kind: Kind, live: ApiObject, object: ApiObject): ApiObject {
  const kept: JsonObject = { ...object.metadata };
  for (const field of [
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'generateName',
  ]) {
    const value: Json | undefined = live.metadata[field];
    if (value === undefined) delete kept[field];
    else kept[field] = value;
  }
  if (kind.namespaced && live.metadata.namespace) kept.namespace = live.metadata.namespace;
  return { ...object, metadata: kept as ApiObject['metadata'] };
}

function bumpsGeneration(kind: Kind, live: ApiObject, object: ApiObject): boolean {
  if (kind.generation === 'none') return false;
  if (!equal(live.spec, object.spec)) return true;
  return kind.generation === 'spec-and-annotations' && !equal(live.metadata.annotations, object.metadata.annotations);
}

/** A write that changes nothing keeps the resourceVersion, even when it would only date its managedFields anew. */
function sameButForTimes(live: ApiObject, object: ApiObject): boolean {
  return equal(timeless(live), timeless(object));
}

function timeless(object: ApiObject): JsonObject {
  const managedFields = (object.metadata.managedFields ?? []).map(({ time: _time, ...entry }) => entry);
  return { ...object, metadata: { ...object.metadata, managedFields } };
}
