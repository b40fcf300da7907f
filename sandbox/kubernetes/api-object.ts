import { clone, isJsonObject, type Json, type JsonObject } from './json.ts';

export interface OwnerReference extends JsonObject {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry extends JsonObject {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: JsonObject;
  subresource?: string;
}

/** metadata as the API server keeps it; times are RFC 3339 with seconds. */
export interface ObjectMeta extends JsonObject {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

/** One object of the API, as JSON. Objects inside the store are never changed in place. */
export interface ApiObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** A decoded body as an object whose metadata exists; its fields are checked by `validate-metadata.ts`. */
export function asApiObject(body: JsonObject): ApiObject {
  const object = clone(body);
  if (!isJsonObject(object.metadata)) object.metadata = {};
  return object as ApiObject;
}

export function copyOf(object: ApiObject): ApiObject {
  return clone<Json>(object) as ApiObject;
}

/** Time as the API writes it: whole seconds, UTC. */
export function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
