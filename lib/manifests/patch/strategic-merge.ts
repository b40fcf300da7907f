import { clone, define, fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { DELETE_PRIMITIVES, ELEMENT_ORDER, isDirective, PATCH, retainKeys, taken, withoutDirectives } from './directives.ts';
import { assertSubsequence, inOrder } from './element-order.ts';
import { goText } from './go-text.ts';
import { mergeItems, mergeSet, withoutItems } from './merge-list.ts';
import { type FieldRule, fieldRule, typeOfKind } from './merge-rules.ts';
import { BadPatchError } from './patch-error.ts';

/**
 * A strategic merge patch of a built-in kind, as kube-apiserver applies it (apimachinery, pkg/util/strategicpatch), directives included. Neither argument is changed.
 * @throws BadPatchError for a patch that cannot be understood; PatchRefusedError for a kind that has no merge rules
 */
export function applyStrategicMerge(target: JsonObject, patch: JsonObject): JsonObject {
  return mergeMaps(clone(target), patch, typeOfKind(target.apiVersion, target.kind));
}

function mergeMaps(target: JsonObject, patch: JsonObject, type: string): JsonObject {
  const directive = fieldOf(patch, PATCH);
  if (directive !== undefined) return replaced(patch, directive);
  const result = retainKeys(target, patch);
  const ordered = Object.keys(patch).filter((key) => key.startsWith(ELEMENT_ORDER));
  for (const key of ordered) orderList(result, patch, key.slice(ELEMENT_ORDER.length), type);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || ordered.includes(ELEMENT_ORDER + key)) continue;
    if (key.startsWith(DELETE_PRIMITIVES)) deleteFromList(result, key.slice(DELETE_PRIMITIVES.length), value);
    else if (!isDirective(key)) setField(result, key, mergeField(fieldOf(result, key), value, fieldRule(type, key)));
  }
  return result;
}

function replaced(patch: JsonObject, directive: Json): JsonObject {
  if (directive === 'delete') return {};
  const rest = directive === 'replace' ? withoutDirectives(patch) : undefined;
  if (isJsonObject(rest)) return rest;
  throw new BadPatchError(`unknown patch type: ${String(directive)} in map: ${goText(patch)}`, {
    hint: 'maps merge unless told otherwise: leave $patch out, or write replace or delete',
  });
}

function setField(target: JsonObject, key: string, value: Json | undefined): void {
  if (value === undefined) delete target[key];
  else define(target, key, value);
}

/** @returns undefined when the field goes */
function mergeField(current: Json | undefined, value: Json, rule: FieldRule): Json | undefined {
  if (isJsonObject(current) && isJsonObject(value)) {
    return rule.merge === 'atomic' ? withoutDirectives(value) : mergeMaps(current, value, rule.merge === 'map' ? rule.type : '');
  }
  return Array.isArray(current) && Array.isArray(value) ? mergeLists(current, value, rule) : taken(value);
}

function mergeLists(current: readonly Json[], patch: readonly Json[], rule: FieldRule): Json {
  if (rule.merge === 'set') return mergeSet(current, patch);
  if (rule.merge !== 'items') return withoutDirectives([...patch]) ?? [];
  return mergeItems(current, patch, rule.key, (item, change) => mergeMaps(item, change, rule.type));
}

/** `$setElementOrder/field`: merges the list as ever, then brings it into the order that is asked for. */
function orderList(target: JsonObject, patch: JsonObject, field: string, type: string): void {
  const order = patch[ELEMENT_ORDER + field];
  const rule = fieldRule(type, field);
  const current = listOf(target, field);
  const change = listOf(patch, field);
  if (!Array.isArray(order)) throw new BadPatchError(`${ELEMENT_ORDER}${field} is not a list`);
  const key = rule.merge === 'items' ? rule.key : '';
  assertSubsequence(change ?? [], order, key);
  const merged = change === undefined ? current : current === undefined ? taken(change) : mergeLists(current, change, rule);
  if (Array.isArray(merged)) define(target, field, inOrder(merged, { named: order, others: current ?? [], key }));
}

/** `$deleteFromPrimitiveList/field`; a list that is not there has nothing to lose. */
function deleteFromList(target: JsonObject, field: string, removed: Json): void {
  const current = fieldOf(target, field);
  if (Array.isArray(current) && Array.isArray(removed)) define(target, field, withoutItems(current, removed));
}

function listOf(object: JsonObject, field: string): Json[] | undefined {
  const value = fieldOf(object, field);
  if (value === undefined || Array.isArray(value)) return value;
  throw new BadPatchError(`${ELEMENT_ORDER}${field} is about a list, and ${field} is none`);
}
