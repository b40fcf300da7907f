import { equal, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { isAtomicObject, itemKey, listRule } from './list-rules.ts';

/**
 * Field sets in the FieldsV1 form of managedFields: `f:name` is a field, `k:{"name":"x"}` an item of a keyed list, `v:"x"` a member of a set,
 * `.` the item itself; an empty object is a leaf. Written as plain JSON so that a stored set is its own representation.
 */
export type FieldSet = JsonObject;

/** The fields of a value; atomic lists and objects, scalars and empty objects are leaves. */
export function fieldsOf(value: Json | undefined, path: readonly string[] = []): FieldSet {
  const set: FieldSet = {};
  for (const { step, child, childPath, isItem } of childrenOf(value, path)) {
    const below = fieldsOf(child, childPath);
    set[step] = isItem && step.startsWith('k:') ? { '.': {}, ...below } : below;
  }
  return set;
}

/** Fields of `after` that are new or different from `before`. */
export function changedFields(before: Json | undefined, after: Json | undefined, path: readonly string[] = []): FieldSet {
  const set: FieldSet = {};
  const earlier = new Map(childrenOf(before, path).map(({ step, child }) => [step, child]));
  for (const { step, child, childPath, isItem } of childrenOf(after, path)) {
    if (!earlier.has(step)) {
      const below = fieldsOf(child, childPath);
      set[step] = isItem && step.startsWith('k:') ? { '.': {}, ...below } : below;
      continue;
    }
    const previous = earlier.get(step);
    if (equal(previous, child)) continue;
    const isLeaf = childrenOf(child, childPath).length === 0;
    const below = changedFields(previous, child, childPath);
    if (isLeaf || Object.keys(below).length > 0) set[step] = below;
  }
  return set;
}

/** Fields of `before` that `after` does not have. */
export function removedFields(before: Json | undefined, after: Json | undefined, path: readonly string[] = []): FieldSet {
  const set: FieldSet = {};
  const left = new Map(childrenOf(after, path).map(({ step, child }) => [step, child]));
  for (const { step, child, childPath } of childrenOf(before, path)) {
    const below = fieldsOf(child, childPath);
    if (!left.has(step)) set[step] = step.startsWith('k:') ? { '.': {}, ...below } : below;
    else if (!isLeaf(below)) {
      const gone = removedFields(child, left.get(step), childPath);
      if (!isLeaf(gone)) set[step] = gone;
    }
  }
  return set;
}

interface Child {
  readonly step: string;
  readonly child: Json;
  readonly childPath: readonly string[];
  readonly isItem: boolean;
}

/** The parts of a value that are owned on their own; none for a leaf. */
export function childrenOf(value: Json | undefined, path: readonly string[]): Child[] {
  if (isJsonObject(value)) {
    if (isAtomicObject(path)) return [];
    return Object.entries(value).flatMap(([name, child]) =>
      child === undefined ? [] : [{ step: `f:${name}`, child, childPath: [...path, name], isItem: false }],
    );
  }
  const rule = Array.isArray(value) ? listRule(path) : undefined;
  if (!Array.isArray(value) || !rule) return [];
  return value.map((item) => {
    const step = rule.type === 'set' ? `v:${JSON.stringify(item)}` : `k:${JSON.stringify(itemKey(item, rule.keys))}`;
    return { step, child: item, childPath: path, isItem: true };
  });
}

export function union(left: FieldSet, right: FieldSet): FieldSet {
  const result: FieldSet = { ...left };
  for (const [step, below] of Object.entries(right)) {
    const present = result[step];
    if (isJsonObject(below)) result[step] = isJsonObject(present) ? union(present, below) : below;
  }
  return result;
}

/** `left` without `right`; a leaf of `right` takes everything below it, and a leaf of `left` that has become a parent in `right` is covered. */
export function difference(left: FieldSet, right: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [step, below] of Object.entries(left)) {
    if (!isJsonObject(below)) continue;
    const other = right[step];
    if (!isJsonObject(other)) result[step] = below;
    else if (!isLeaf(other) && !isLeaf(below)) {
      const rest = difference(below, other);
      if (!isLeaf(rest)) result[step] = rest;
    }
  }
  return result;
}

/** `left` without what `right` names too. Unlike in a difference, a leaf of `right` (an object that is now named empty) says nothing of what is below it. */
export function unnamed(left: FieldSet, right: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [step, below] of Object.entries(left)) {
    if (!isJsonObject(below)) continue;
    const other = right[step];
    if (!isJsonObject(other)) result[step] = below;
    else if (!isLeaf(below)) {
      const rest = unnamed(below, other);
      if (!isLeaf(rest)) result[step] = rest;
    }
  }
  return result;
}

/** Leaves that are in both sets. */
export function intersection(left: FieldSet, right: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [step, below] of Object.entries(left)) {
    const other = right[step];
    if (!isJsonObject(below) || !isJsonObject(other)) continue;
    if (isLeaf(below) || isLeaf(other)) {
      result[step] = isLeaf(below) ? {} : below;
      continue;
    }
    const both = intersection(below, other);
    if (!isLeaf(both)) result[step] = both;
  }
  return result;
}

export function isLeaf(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}

/** Leaves as the API server prints them in conflicts: `.spec.replicas`, `.spec.containers[name="web"].image`. */
export function leafPaths(set: FieldSet, prefix = ''): string[] {
  return Object.entries(set).flatMap(([step, below]) => {
    if (step === '.' || !isJsonObject(below)) return [];
    const here = prefix + printed(step);
    return isLeaf(below) ? [here] : leafPaths(below, here);
  });
}

function printed(step: string): string {
  const text = step.slice(2);
  if (step.startsWith('f:')) return `.${text}`;
  if (step.startsWith('v:')) return `[=${text}]`;
  const key: unknown = JSON.parse(text);
  const pairs = isJsonObject(key) ? Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : [];
  return `[${pairs.join(',')}]`;
}
