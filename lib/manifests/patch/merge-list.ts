import { fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { PATCH, withoutDirectives } from './directives.ts';
import { inOrder } from './element-order.ts';
import { goText } from './go-text.ts';
import { keyedItem, positionOf } from './merge-key.ts';
import { BadPatchError } from './patch-error.ts';

/** Adds what is missing to a list of scalars; what the patch names comes in its order. */
export function mergeSet(current: readonly Json[], patch: readonly Json[]): Json[] {
  assertOneType(current, patch);
  return inOrder([...new Set([...current, ...patch])], { named: patch, others: current, key: '' });
}

export function withoutItems(current: readonly Json[], removed: readonly Json[]): Json[] {
  assertOneType(current, removed);
  if (current.some(isJsonObject))
    throw new BadPatchError('$deleteFromPrimitiveList is for lists of scalars; use $patch: delete on the items');
  return current.filter((item) => !removed.includes(item));
}

/**
 * Merges a list item by item, matched by their merge key, and obeys `$patch: delete` and `$patch: replace` in items.
 * @param merge merges an item that both sides have
 * @throws BadPatchError for an item without its merge key, or a directive that lists do not know
 */
export function mergeItems(
  current: readonly Json[],
  patch: readonly Json[],
  key: string,
  merge: (item: JsonObject, change: JsonObject) => JsonObject,
): Json[] {
  assertOneType(current, patch);
  const directed = patch.filter((item) => fieldOf(item, PATCH) !== undefined);
  const changes = patch.filter((item) => !directed.includes(item));
  const kept = afterDirectives(current, directed, key);
  if (kept === undefined) return changes.map((item) => withoutDirectives(keyedItem(item, key)) ?? item);
  const merged = changes.reduce<Json[]>((list, item) => mergeItem(list, keyedItem(item, key), key, merge), kept);
  return inOrder(merged, { named: changes, others: kept, key });
}

/** What is left to merge with; undefined when the patch replaces the list. */
function afterDirectives(current: readonly Json[], directed: readonly Json[], key: string): Json[] | undefined {
  let left = [...current];
  let replaces = false;
  for (const item of directed) {
    const directive = fieldOf(item, PATCH);
    if (directive === 'replace') replaces = true;
    else if (directive === 'delete') {
      const gone = keyedItem(item, key);
      left = left.filter((other) => positionOf([gone], other, key) < 0);
    } else throw unknownDirective(item, directive);
  }
  return replaces ? undefined : left;
}

function unknownDirective(item: Json, directive: Json | undefined): BadPatchError {
  const why = directive === 'merge' ? 'merging lists cannot yet be specified in the patch' : `unknown patch type: ${goText(directive)}`;
  return new BadPatchError(`${why}: ${goText(item)}`, { hint: 'items merge unless told otherwise: leave $patch out, or write delete' });
}

function mergeItem(
  list: readonly Json[],
  change: JsonObject,
  key: string,
  merge: (item: JsonObject, change: JsonObject) => JsonObject,
): Json[] {
  const position = positionOf(list, change, key);
  const present = list[position];
  // A new item comes as it is: the API server has nothing to merge it with, and does not look for directives in it.
  if (!isJsonObject(present)) return [...list, withoutDirectives(change) ?? change];
  return list.with(position, merge(present, change));
}

function assertOneType(current: readonly Json[], patch: readonly Json[]): void {
  const kinds = new Set([...current, ...patch].map((item) => (Array.isArray(item) ? 'list' : item === null ? 'null' : typeof item)));
  if (kinds.size > 1) throw new BadPatchError(`list element types are not identical: [${goText([...current])} ${goText([...patch])}]`);
  if (kinds.has('list')) throw new BadPatchError('lists of lists do not merge');
}
