import { clone, define, equal, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type ListRule, listRule } from './list-rules.ts';

/** A strategic merge patch with a directive or an item that cannot be understood. */
export class StrategicPatchError extends Error {
  override readonly name = 'StrategicPatchError';
}

const DELETE_PRIMITIVE = '$deleteFromPrimitiveList/';
const ELEMENT_ORDER = '$setElementOrder/';
const RETAIN_KEYS = '$retainKeys';

/** Kubernetes' strategic merge patch with its `$patch`, `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` directives. */
export function applyStrategicMerge(target: JsonObject, patch: JsonObject): JsonObject {
  return mergeObjects(clone(target), patch, []);
}

function mergeObjects(target: JsonObject, patch: JsonObject, path: readonly string[]): JsonObject {
  if (patch.$patch === 'replace') return strip(patch);
  if (patch.$patch === 'delete') return {};
  retainKeys(target, patch[RETAIN_KEYS]);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || key.startsWith('$')) continue;
    if (value === null) delete target[key];
    else define(target, key, mergeField(Object.hasOwn(target, key) ? target[key] : undefined, value, [...path, key]));
  }
  applyListDirectives(target, patch, path);
  return target;
}

function retainKeys(target: JsonObject, keys: Json | undefined): void {
  if (!Array.isArray(keys)) return;
  for (const key of Object.keys(target)) if (!keys.includes(key)) delete target[key];
}

function mergeField(current: Json | undefined, value: Json, path: readonly string[]): Json {
  if (isJsonObject(value)) {
    if (value.$patch === 'delete') return {};
    return mergeObjects(isJsonObject(current) ? current : {}, value, path);
  }
  if (!Array.isArray(value)) return value;
  const rule = listRule(path);
  if (!rule) return clone(value);
  const items = Array.isArray(current) ? current : [];
  return rule.type === 'set' ? union(items, value) : mergeItems(items, value, rule, path);
}

function union(current: readonly Json[], added: readonly Json[]): Json[] {
  const result = [...current];
  for (const item of added) if (!result.some((present) => equal(present, item))) result.push(item);
  return result;
}

function mergeItems(current: readonly Json[], patch: readonly Json[], rule: ListRule & { type: 'map' }, path: readonly string[]): Json[] {
  const replaced = patch.some((item) => isJsonObject(item) && item.$patch === 'replace');
  const result = replaced ? [] : [...current];
  for (const item of patch) {
    if (!isJsonObject(item)) throw new StrategicPatchError(`an item of ${path.join('.')} is not an object`);
    if (item.$patch === 'replace') continue;
    const key = item[rule.patchKey];
    if (key === undefined) throw new StrategicPatchError(`map: ${goMap(item)} does not contain declared merge key: ${rule.patchKey}`);
    const position = result.findIndex((present) => isJsonObject(present) && equal(present[rule.patchKey], key));
    const present = result[position];
    if (item.$patch === 'delete') {
      if (position >= 0) result.splice(position, 1);
    } else if (isJsonObject(present)) result[position] = mergeObjects(present, item, path);
    else result.push(mergeObjects({}, item, path));
  }
  return result;
}

function applyListDirectives(target: JsonObject, patch: JsonObject, path: readonly string[]): void {
  for (const [key, value] of Object.entries(patch)) {
    if (!Array.isArray(value)) continue;
    if (key.startsWith(DELETE_PRIMITIVE)) {
      const field = key.slice(DELETE_PRIMITIVE.length);
      const list = target[field];
      if (Array.isArray(list)) target[field] = list.filter((item) => !value.some((removed) => equal(removed, item)));
    } else if (key.startsWith(ELEMENT_ORDER)) {
      const field = key.slice(ELEMENT_ORDER.length);
      const list = target[field];
      if (Array.isArray(list)) target[field] = ordered(list, value, listRule([...path, field]));
    }
  }
}

/** Items that the order names come in that order; others keep their place relative to the item before them. */
function ordered(list: readonly Json[], order: readonly Json[], rule: ListRule | undefined): Json[] {
  const rank = (item: Json): number =>
    order.findIndex((wanted) =>
      rule?.type === 'map'
        ? isJsonObject(item) && isJsonObject(wanted) && equal(item[rule.patchKey], wanted[rule.patchKey])
        : equal(item, wanted),
    );
  let last = -1;
  const ranked = list.map((item, index) => {
    const own = rank(item);
    last = own >= 0 ? own : last;
    return { item, rank: last, index };
  });
  return ranked.sort((left, right) => left.rank - right.rank || left.index - right.index).map(({ item }) => item);
}

function strip(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(clone(patch)).filter(([key]) => !key.startsWith('$')));
}

/** A flat object as Go prints a map: `map[image:x name:y]`. */
function goMap(item: JsonObject): string {
  const keys = Object.keys(item).sort();
  return `map[${keys.map((key) => `${key}:${typeof item[key] === 'object' ? JSON.stringify(item[key]) : String(item[key])}`).join(' ')}]`;
}
