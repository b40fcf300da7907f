import type { ApiObject, ManagedFieldsEntry } from '../api-object.ts';
import { at, clone, define, equal, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { childrenOf, type FieldSet, intersection, isLeaf, leafPaths, union, unnamed } from './field-set.ts';
import { isAtomicObject, itemKey, listRule } from './list-rules.ts';
import { appliedFields, isBy, ownable, type Writer } from './managed-fields.ts';

/** Fields that another manager owns with another value. */
export interface ApplyConflict {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
  readonly apiVersion: string;
  readonly time: string;
  /** `.spec.replicas` */
  readonly fields: readonly string[];
}

export interface ApplyResult {
  readonly object: ApiObject;
  /** What the manager owns from now on. */
  readonly applied: FieldSet;
  readonly conflicts: readonly ApplyConflict[];
}

/**
 * Merges an applied configuration into the live object: its fields are set, fields that this manager applied before and now leaves out are
 * removed unless someone else owns them, and a different value under another manager is a conflict (reported, not decided here).
 */
export function applyConfiguration(live: ApiObject, configuration: ApiObject, writer: Writer): ApplyResult {
  const applied = appliedFields(configuration);
  const entries = live.metadata.managedFields ?? [];
  const others = entries.filter((entry) => !isBy(entry, writer));
  const previous = entries.find((entry) => isBy(entry, writer))?.fieldsV1 ?? {};
  const different = differingFields(ownable(live), ownable(configuration), []);
  const conflicts = others.flatMap((entry) => conflictWith(entry, different));
  const ownedByOthers = others.reduce<FieldSet>((all, entry) => union(all, entry.fieldsV1), {});
  const abandoned = unnamed(unnamed(previous, applied), ownedByOthers);
  const kept = removeFields(live, abandoned, []);
  const object = mergeApplied(isJsonObject(kept) ? kept : {}, withoutIdentity(configuration), []) as ApiObject;
  return { object, applied, conflicts };
}

function conflictWith(entry: ManagedFieldsEntry, different: FieldSet): ApplyConflict[] {
  const fields = leafPaths(intersection(different, entry.fieldsV1));
  if (fields.length === 0) return [];
  const { manager, operation, apiVersion, time, subresource } = entry;
  return [{ manager, operation, apiVersion, time, fields, ...(subresource ? { subresource } : {}) }];
}

/** Identity and server-set metadata of the live object stay as they are. */
function withoutIdentity(configuration: ApiObject): JsonObject {
  const owned = ownable(configuration);
  return { apiVersion: configuration.apiVersion, kind: configuration.kind, ...owned };
}

/** Leaves of `wanted` that exist in `live` with another value. */
function differingFields(live: Json, wanted: Json, path: readonly string[]): FieldSet {
  const result: FieldSet = {};
  const present = new Map(childrenOf(live, path).map(({ step, child }) => [step, child]));
  for (const { step, child, childPath } of childrenOf(wanted, path)) {
    const current = present.get(step);
    if (current === undefined || equal(current, child)) continue;
    // An object that names no field claims none of the fields that are there.
    if (isJsonObject(current) && isJsonObject(child) && Object.keys(child).length === 0) continue;
    if (childrenOf(child, childPath).length === 0) result[step] = {};
    else {
      const below = differingFields(current, child, childPath);
      if (!isLeaf(below)) result[step] = below;
    }
  }
  return result;
}

function mergeApplied(live: Json | undefined, wanted: Json, path: readonly string[]): Json {
  if (isJsonObject(wanted)) {
    if (isAtomicObject(path) || !isJsonObject(live)) return clone(wanted);
    const result: JsonObject = clone(live);
    for (const [key, value] of Object.entries(wanted)) {
      if (value !== undefined) define(result, key, mergeApplied(at(live, key), value, [...path, key]));
    }
    return result;
  }
  if (!Array.isArray(wanted)) return wanted;
  const rule = listRule(path);
  if (!rule || !Array.isArray(live)) return clone(wanted);
  if (rule.type === 'set') return [...live, ...wanted.filter((item) => !live.some((present) => equal(present, item)))];
  const keyOf = (item: Json): JsonObject => itemKey(item, rule.keys);
  const merged = live.map((item) => {
    const applied = wanted.find((candidate) => equal(keyOf(candidate), keyOf(item)));
    return applied === undefined ? clone(item) : mergeApplied(item, applied, path);
  });
  const added = wanted.filter((item) => !live.some((present) => equal(keyOf(present), keyOf(item))));
  return [...merged, ...clone<Json[]>(added)];
}

/** Takes the leaves of a set out of a value; `undefined` when nothing of it is left. */
function removeFields(value: Json, fields: FieldSet, path: readonly string[]): Json | undefined {
  if (isLeaf(fields)) return clone(value);
  const removed = (step: string): FieldSet | undefined => {
    const below = fields[step];
    return isJsonObject(below) ? below : undefined;
  };
  if (isJsonObject(value)) {
    const result: JsonObject = {};
    for (const [key, child] of Object.entries(value)) {
      const below = removed(`f:${key}`);
      if (child === undefined || (below && isLeaf(below))) continue;
      const rest = below ? removeFields(child, below, [...path, key]) : clone(child);
      if (rest !== undefined) define(result, key, rest);
    }
    return Object.keys(result).length === 0 && path.length > 0 ? undefined : result;
  }
  if (!Array.isArray(value)) return clone(value);
  const rest: Json[] = [];
  for (const { step, child } of childrenOf(value, path)) {
    const below = removed(step);
    // An item goes as a whole once its last owner lets go of it; what the server defaulted inside it goes with it.
    if (below && (isLeaf(below) || below['.'])) continue;
    const left = below ? removeFields(child, below, path) : clone(child);
    if (left !== undefined) rest.push(left);
  }
  return rest.length === 0 ? undefined : rest;
}
