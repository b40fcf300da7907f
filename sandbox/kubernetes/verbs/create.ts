import { randomUUID } from 'node:crypto';
import type { ApiObject } from '../api-object.ts';
import { type JsonObject, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { initialStatus } from '../kinds/initial-status.ts';
import type { Kind } from '../kinds/kind.ts';
import { validateMetadata } from '../kinds/validate-metadata.ts';
import type { FieldSet } from '../patches/field-set.ts';
import { trackFields } from '../patches/managed-fields.ts';
import { alreadyExists, forbidden, invalid, notFound, StatusError } from '../status.ts';
import { decodeBody } from './body.ts';
import { nowIn, type World, type WriteOptions } from './world.ts';

interface CreateOptions extends WriteOptions {
  /** Set by server-side apply: what the applier owns. */
  readonly applied?: FieldSet;
}

/** Metadata that a caller may send and the server sets by itself. */
const SERVER_SET = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'managedFields',
  'selfLink',
];

/** POST. @throws StatusError 400, 403 (namespace ends), 404 (no namespace), 409 AlreadyExists, 422. */
export function createObject(world: World, kind: Kind, namespace: string | undefined, body: JsonObject, options: CreateOptions): ApiObject {
  const object = decodeBody(kind, namespace, body);
  const { metadata } = object;
  if (metadata.resourceVersion) {
    throw new StatusError({
      code: 500,
      reason: 'InternalError',
      message: 'resourceVersion should not be set on objects to be created',
      details: {},
    });
  }
  for (const field of SERVER_SET) delete metadata[field];
  if (!metadata.name && metadata.generateName) metadata.name = metadata.generateName.slice(0, kind.maxNameLength - 5) + world.suffix();
  metadata.name ??= '';
  metadata.uid = randomUUID();
  metadata.creationTimestamp = nowIn(world);
  if (kind.generation !== 'none') metadata.generation = 1;
  if (kind.hasStatus) object.status = initialStatus(kind, object);
  if (kind.namespaced) requireOpenNamespace(world, kind, object);
  kind.defaults(object);
  const causes = [...validateMetadata(kind, object), ...kind.validate(object)];
  if (causes.length > 0) throw invalid(kind, metadata.name, causes);
  if (world.store.get(kind, metadata.namespace, metadata.name)) throw alreadyExists(kind, metadata.name);
  const writer = {
    manager: options.manager,
    operation: options.applied ? ('Apply' as const) : ('Update' as const),
    apiVersion: kind.apiVersion,
    time: nowIn(world),
  };
  const managedFields = trackFields(undefined, withoutStatus(object), writer, options.applied);
  if (managedFields.length > 0) metadata.managedFields = managedFields;
  return options.dryRun ? object : world.store.put(kind, object);
}

function withoutStatus(object: ApiObject): ApiObject {
  const { status: _status, ...rest } = object;
  return rest as ApiObject;
}

function requireOpenNamespace(world: World, kind: Kind, object: ApiObject): void {
  const name = object.metadata.namespace ?? '';
  const namespaces = builtin('namespaces');
  const namespace = world.store.get(namespaces, undefined, name);
  if (!namespace) throw notFound(namespaces, name);
  if (textAt(namespace, 'status', 'phase') !== 'Terminating') return;
  const message = `namespace ${name} is being terminated`;
  throw forbidden(kind, object.metadata.name, `unable to create new content in namespace ${name} because it is being terminated`, [
    { reason: 'NamespaceTerminating', message, field: 'metadata.namespace' },
  ]);
}
