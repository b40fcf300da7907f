import type { ApiObject, ManagedFieldsEntry } from '../api-object.ts';
import { clone, type Json, type JsonObject } from '../json.ts';
import { changedFields, difference, type FieldSet, fieldsOf, isLeaf, removedFields, union } from './field-set.ts';

/** Who writes, and through which door. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** RFC 3339. */
  readonly time: string;
  readonly subresource?: string;
}

/** metadata that identifies or dates the object; nobody owns it. */
const UNOWNED_METADATA = [
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
];

/** The part of an object whose fields have owners. */
export function ownable(object: ApiObject): JsonObject {
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...rest } = object;
  const owned: JsonObject = Object.fromEntries(Object.entries(metadata).filter(([name]) => !UNOWNED_METADATA.includes(name)));
  return { ...rest, ...(Object.keys(owned).length > 0 ? { metadata: owned } : {}) };
}

/** An applied configuration's own fields. */
export function appliedFields(configuration: ApiObject): FieldSet {
  return fieldsOf(ownable(configuration));
}

/**
 * managedFields after a write that turned `before` into `after`: changed fields belong to the writer, removed fields to nobody.
 * An applier owns exactly what it applied, `applied`; fields that it shares unchanged stay with their other owners.
 */
export function trackFields(before: ApiObject | undefined, after: ApiObject, writer: Writer, applied?: FieldSet): ManagedFieldsEntry[] {
  const old: Json = before ? ownable(before) : {};
  const now = ownable(after);
  const changed = changedFields(old, now);
  const gone = removedFields(old, now);
  const taken = union(changed, gone);
  const entries = (before?.metadata.managedFields ?? []).map((entry) => clone<Json>(entry) as ManagedFieldsEntry);
  const own = entries.find((entry) => isBy(entry, writer));
  const others = entries.filter((entry) => entry !== own);
  for (const entry of others) entry.fieldsV1 = difference(entry.fieldsV1, taken);
  const fields = applied ?? difference(union(own?.fieldsV1 ?? {}, changed), gone);
  const same = own && !applied && isLeaf(changed) ? own.time : writer.time;
  const mine: ManagedFieldsEntry = {
    manager: writer.manager,
    operation: writer.operation,
    apiVersion: writer.apiVersion,
    time: same,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(writer.subresource ? { subresource: writer.subresource } : {}),
  };
  return [...others, mine].filter((entry) => !isLeaf(entry.fieldsV1));
}

export function isBy(entry: ManagedFieldsEntry, writer: Pick<Writer, 'manager' | 'operation' | 'subresource'>): boolean {
  return entry.manager === writer.manager && entry.operation === writer.operation && entry.subresource === writer.subresource;
}
