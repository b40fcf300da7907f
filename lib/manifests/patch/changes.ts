import { define, equal, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { alignLists } from './align-lists.ts';

/** Keys and indexes from the root of a document. */
export type Steps = readonly (string | number)[];

/** One step from a document to another. An added item of a list takes the place of its index; `last` says that nothing comes behind it. */
export type Change =
  | { readonly kind: 'replace'; readonly path: Steps; readonly from: Json; readonly value: Json }
  | { readonly kind: 'add'; readonly path: Steps; readonly value: Json; readonly last: boolean }
  | { readonly kind: 'remove'; readonly path: Steps; readonly from: Json };

/** The fewest changes that make `after` of `before`, for one after the other: each path holds when those before it are made. */
export function changesBetween(before: Json, after: Json, path: Steps = []): Change[] {
  if (equal(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) return changesOfMap(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(before, after, path);
  return [{ kind: 'replace', path, from: before, value: after }];
}

function changesOfMap(before: JsonObject, after: JsonObject, path: Steps): Change[] {
  const kept = Object.entries(before).flatMap(([key, from]): Change[] => {
    const value = Object.hasOwn(after, key) ? after[key] : undefined;
    if (from === undefined) return [];
    return value === undefined ? [{ kind: 'remove', path: [...path, key], from }] : changesBetween(from, value, [...path, key]);
  });
  const added = Object.entries(after).flatMap(([key, value]): Change[] =>
    value === undefined || Object.hasOwn(before, key) ? [] : [{ kind: 'add', path: [...path, key], value, last: true }],
  );
  return [...kept, ...added];
}

/** Kept items first, at the places that they had; then removals from the end on, then additions. */
function changesOfList(before: readonly Json[], after: readonly Json[], path: Steps): Change[] {
  const alignment = alignLists(before, after);
  const kept = alignment.flatMap((one) =>
    one.kind === 'kept' ? changesBetween(before[one.from] ?? null, after[one.to] ?? null, [...path, one.from]) : [],
  );
  const removed = alignment.flatMap((one): Change[] =>
    one.kind === 'removed' ? [{ kind: 'remove', path: [...path, one.from], from: before[one.from] ?? null }] : [],
  );
  let length = before.length - removed.length;
  const added = alignment.flatMap((one): Change[] =>
    one.kind === 'added' ? [{ kind: 'add', path: [...path, one.to], value: after[one.to] ?? null, last: one.to === length++ }] : [],
  );
  return [...kept, ...removed.reverse(), ...added];
}

/** Makes the changes in a tree of plain maps and lists, which is changed. @returns its root @throws RangeError when a path leads nowhere */
export function applyChanges(root: Json, changes: readonly Change[]): Json {
  let result = root;
  for (const change of changes) {
    const last = change.path.at(-1);
    if (last === undefined) result = change.kind === 'remove' ? null : change.value;
    else applyAt(parentAt(result, change.path), last, change);
  }
  return result;
}

function parentAt(root: Json, path: Steps): Json[] | JsonObject {
  let node: Json | undefined = root;
  for (const step of path.slice(0, -1)) {
    if (Array.isArray(node)) node = node[Number(step)];
    else node = isJsonObject(node) && Object.hasOwn(node, step) ? node[step] : undefined;
  }
  if (Array.isArray(node) || isJsonObject(node)) return node;
  throw new RangeError(`there is nothing at ${path.join('.')}`);
}

function applyAt(parent: Json[] | JsonObject, step: string | number, change: Change): void {
  if (!Array.isArray(parent)) {
    if (change.kind === 'remove') delete parent[step];
    else define(parent, String(step), change.value);
  } else if (change.kind === 'replace') parent[Number(step)] = change.value;
  else if (change.kind === 'remove') parent.splice(Number(step), 1);
  else parent.splice(Number(step), 0, change.value);
}
