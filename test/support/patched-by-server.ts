import type { Json, JsonObject } from '../../lib/manifests/json.ts';
import { fieldOf, isJsonObject } from '../../lib/manifests/json.ts';
import { type ApiAccess, apiRequest } from './api-request.ts';

export type PatchType = 'json' | 'merge' | 'strategic';

const mediaTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

/** An object on a server, as the server has it with its defaults. */
export interface LiveObject {
  readonly path: string;
  readonly object: JsonObject;
}

/** Creates the object under a name of its own in the namespace `default`. @param plural `/apis/apps/v1 deployments` */
export async function createObject(access: ApiAccess, plural: string, manifest: JsonObject): Promise<LiveObject> {
  const [group = '', resource = ''] = plural.split(' ');
  const path = `${group}/namespaces/default/${resource}`;
  const metadata = fieldOf(manifest, 'metadata');
  const { name: _, ...rest } = isJsonObject(metadata) ? metadata : {};
  const { status, body } = await apiRequest(access, 'POST', path, { body: { ...manifest, metadata: { ...rest, generateName: 'case-' } } });
  if (status !== 201 || !isJsonObject(body)) throw new Error(`the object was not created: ${status} ${JSON.stringify(body)}`);
  const created = fieldOf(body, 'metadata');
  return { path: `${path}/${String(fieldOf(created, 'name'))}`, object: body };
}

/** What the server makes of the object by a patch; undefined when it refuses. Nothing is stored. */
export function patchedByServer(access: ApiAccess, live: LiveObject, type: PatchType, patch: Json): Promise<JsonObject | undefined> {
  return answered(apiRequest(access, 'PATCH', `${live.path}?dryRun=All`, { body: patch, contentType: mediaTypes[type] }));
}

/** The object as the server would store it, with its defaults; undefined when it refuses. Nothing is stored. */
export function completedByServer(access: ApiAccess, live: LiveObject, object: Json): Promise<JsonObject | undefined> {
  return answered(apiRequest(access, 'PUT', `${live.path}?dryRun=All`, { body: object }));
}

async function answered(asked: ReturnType<typeof apiRequest>): Promise<JsonObject | undefined> {
  const { status, body } = await asked;
  return status === 200 && isJsonObject(body) ? withoutBookkeeping(body) : undefined;
}

function withoutBookkeeping(object: JsonObject): JsonObject {
  const metadata = fieldOf(object, 'metadata');
  const { managedFields: _, ...rest } = isJsonObject(metadata) ? metadata : {};
  return { ...object, metadata: rest };
}
