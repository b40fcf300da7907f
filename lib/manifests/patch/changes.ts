import { define, isJsonObject, type Json, type JsonObject } from '../json.ts';

/** Keys and indexes from the root of a document. */
export type Steps = readonly (string | number)[];

/** One step from a document to another; each path holds when the changes before it are made. */
export type Change =
  | { readonly kind: 'replace'; readonly path: Steps; readonly from: Json; readonly value: Json }
  | {
      readonly kind: 'add';
      /** An added item of a list takes the place of its index. */
      readonly path: Steps;
      readonly value: Json;
      /** Nothing comes behind it. */
      readonly last: boolean;
      /** Where the same value stands before any change is made: it is moved, or copied, with its notation and its comments. */
      readonly origin?: Steps;
    }
  | { readonly kind: 'remove'; readonly path: Steps; readonly from: Json };

export type Addition = Extract<Change, { kind: 'add' }>;

/** Makes the changes in a tree of plain maps and lists, which is changed. @returns its root @throws RangeError when a path leads nowhere */
export function applyChanges(root: Json, changes: readonly Change[]): Json {
  const untouched = changes.some((change) => change.kind === 'add' && change.origin) ? copy(root) : root;
  let result = root;
  for (const change of changes) {
    const last = change.path.at(-1);
    if (last === undefined) result = change.kind === 'remove' ? null : change.value;
    else applyAt(parentAt(result, change.path), last, originals(change, untouched));
  }
  return result;
}

/** What is moved is what stands there, which a version of YAML may read as something else. */
function originals(change: Change, untouched: Json): Change {
  return change.kind === 'add' && change.origin ? { ...change, value: copy(valueAt(untouched, change.origin)) } : change;
}

/** @throws RangeError when a path leads nowhere */
export function valueAt(root: Json, path: Steps): Json {
  let node: Json | undefined = root;
  for (const step of path) {
    if (Array.isArray(node)) node = node[Number(step)];
    else node = isJsonObject(node) && Object.hasOwn(node, step) ? node[step] : undefined;
  }
  if (node !== undefined) return node;
  throw new RangeError(`there is nothing at ${path.join('.')}`);
}

function parentAt(root: Json, path: Steps): Json[] | JsonObject {
  const node = valueAt(root, path.slice(0, -1));
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

/** Copies maps and lists; what else a reader makes of a number, to keep its digits, is taken over as it is. */
function copy(value: Json): Json {
  if (Array.isArray(value)) return value.map(copy);
  if (!isJsonObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const result: JsonObject = {};
  for (const [key, field] of Object.entries(value)) if (field !== undefined) define(result, key, copy(field));
  return result;
}
