import type { ApiObject } from '../api-object.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { appliedFields } from '../patches/managed-fields.ts';
import { type ApplyConflict, applyConfiguration } from '../patches/server-side-apply.ts';
import { badRequest, StatusError } from '../status.ts';
import { decodeBody } from './body.ts';
import { createObject } from './create.ts';
import { updateObject } from './update.ts';
import { nowIn, type World, type WriteOptions } from './world.ts';

export interface ApplyOptions extends WriteOptions {
  readonly force: boolean;
  readonly subresource?: 'status';
}

/** PATCH with an applied configuration: creates what does not exist, merges into what does. @throws StatusError 400, 409 with the owners, 422. */
export function applyObject(
  world: World,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  body: Json,
  options: ApplyOptions,
): { readonly object: ApiObject; readonly created: boolean } {
  const configuration = decodeConfiguration(kind, namespace, name, body);
  const live = world.store.get(kind, namespace, name);
  const write = { manager: options.manager, ...(options.dryRun ? { dryRun: true } : {}) };
  if (!live) {
    const applied = appliedFields(configuration);
    return { object: createObject(world, kind, namespace, configuration, { ...write, applied }), created: true };
  }
  const writer = {
    manager: options.manager,
    operation: 'Apply' as const,
    apiVersion: kind.apiVersion,
    time: nowIn(world),
    ...subresourceOf(options),
  };
  const { object, applied, conflicts } = applyConfiguration(live, configuration, writer);
  if (conflicts.length > 0 && !options.force) throw applyConflict(conflicts);
  const next = { ...object, metadata: { ...object.metadata, ...preconditions(configuration) } };
  return { object: updateObject(world, kind, live, next, { ...write, applied, ...subresourceOf(options) }), created: false };
}

function subresourceOf(options: ApplyOptions): { subresource: 'status' } | Record<string, never> {
  return options.subresource ? { subresource: options.subresource } : {};
}

function decodeConfiguration(kind: Kind, namespace: string | undefined, name: string, body: Json): ApiObject {
  if (!isJsonObject(body)) throw badRequest('error decoding YAML: the applied configuration is not an object');
  if (body.apiVersion === undefined || body.kind === undefined) {
    throw badRequest('invalid object type: /, Kind=');
  }
  const configuration = decodeBody(kind, namespace, body);
  if (isJsonObject(body.metadata) && body.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  configuration.metadata.name ||= name;
  if (configuration.metadata.name !== name) {
    throw badRequest(`the name of the object (${configuration.metadata.name}) does not match the name on the URL (${name})`);
  }
  return configuration;
}

/** An applied configuration that names a version or a uid is a conditional write. */
function preconditions(configuration: ApiObject): Partial<ApiObject['metadata']> {
  const { resourceVersion, uid } = configuration.metadata;
  return { ...(resourceVersion ? { resourceVersion } : {}), ...(uid ? { uid } : {}) };
}

function applyConflict(conflicts: readonly ApplyConflict[]): StatusError {
  const count = conflicts.reduce((sum, { fields }) => sum + fields.length, 0);
  const groups = conflicts.map((one) => ({
    by: `conflict${one.fields.length === 1 ? '' : 's'} with ${description(one)}`,
    fields: one.fields,
  }));
  const text =
    count === 1
      ? `${groups[0]?.by}: ${groups[0]?.fields[0]}`
      : groups
          .map(({ by, fields }) => `${by.replace(/^conflict /, 'conflicts ')}:\n${fields.map((field) => `- ${field}`).join('\n')}`)
          .join('\n');
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${count} conflict${count === 1 ? '' : 's'}: ${text}`,
    details: {
      causes: conflicts.flatMap((one) =>
        one.fields.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${description(one)}`, field })),
      ),
    },
  });
}

function description({ manager, operation, subresource, apiVersion, time }: ApplyConflict): string {
  const via = subresource ? ` with subresource ${JSON.stringify(subresource)}` : '';
  return operation === 'Apply' ? `${JSON.stringify(manager)}${via}` : `${JSON.stringify(manager)}${via} using ${apiVersion} at ${time}`;
}
