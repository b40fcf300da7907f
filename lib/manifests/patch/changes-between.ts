import { equal, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Change, type Steps, valueAt } from './changes.ts';
import { alignedItems, originOfItem } from './list-items.ts';
import { holdsOrigin, partAt, type Trace } from './trace.ts';

export interface ChangesOptions {
  /** To the values, from the root of their document; [] unless said. */
  readonly path?: Steps;
  /** Where the parts of `after` come from, as far as that is known. */
  readonly trace?: Trace;
}

/** A value before and after, on its way through the changes. */
interface Pair {
  readonly before: Json;
  readonly after: Json;
  /** To it, when the changes before it are made. */
  readonly path: Steps;
  /** To it, before any change is made. */
  readonly was: Steps;
  /** The part of the trace that goes with `after`. */
  readonly shadow: Json | undefined;
}

interface Context {
  readonly root: Json;
  /** To `root`. */
  readonly path: Steps;
  readonly originOf: (shadow: Json | undefined) => Steps | undefined;
}

/**
 * The fewest changes that make `after` of `before`, for one after the other. What goes in one place and comes in another is told as moved: items of a list
 * that are the same ones, maps and lists under another key, and all that the trace knows.
 */
export function changesBetween(before: Json, after: Json, { path = [], trace }: ChangesOptions = {}): Change[] {
  const context: Context = { root: before, path, originOf: (shadow) => trace?.originOf(shadow) };
  return changesOf({ before, after, path, was: path, shadow: trace?.tree }, context);
}

function changesOf(pair: Pair, context: Context): Change[] {
  const { before, after, path } = pair;
  if (equal(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) return changesOfMap(pair, before, after, context);
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(pair, before, after, context);
  return [{ kind: 'replace', path, from: before, value: after }];
}

function changesOfMap({ path, was, shadow }: Pair, before: JsonObject, after: JsonObject, context: Context): Change[] {
  const kept: Change[] = [];
  const gone = new Set<Change>();
  for (const [key, from] of Object.entries(before)) {
    if (from === undefined) continue;
    const value = Object.hasOwn(after, key) ? after[key] : undefined;
    const inner = { path: [...path, key], was: [...was, key], shadow: partAt(shadow, key) };
    if (value === undefined) {
      const change: Change = { kind: 'remove', path: inner.path, from };
      kept.push(change);
      gone.add(change);
    } else if (!equal(from, value) && strayed(inner.shadow, [...(context.originOf(shadow) ?? was), key], context))
      kept.push({ kind: 'remove', path: inner.path, from }, ...additionOf({ ...inner, value, last: true }, context));
    else kept.push(...changesOf({ ...inner, before: from, after: value }, context));
  }
  const added = Object.entries(after).flatMap(([key, value]): Change[] => {
    if (value === undefined || Object.hasOwn(before, key)) return [];
    const old = [...gone].find((change) => isRenamed(change, value));
    if (old) gone.delete(old);
    const from = old?.path.at(-1);
    const part = partAt(shadow, key);
    const origin = context.originOf(part) ?? (from === undefined ? undefined : [...was, from]);
    return additionOf({ path: [...path, key], value, last: true, shadow: part, ...(origin && { origin }) }, context);
  });
  return [...kept, ...added];
}

/** The same map or list under another key is that one, renamed. Of scalars many are the same by chance. */
function isRenamed(change: Change, value: Json): boolean {
  if (change.kind !== 'remove' || typeof value !== 'object' || value === null) return false;
  return Object.keys(value).length > 0 && equal(change.from, value);
}

/** Changes inside of what stays first, at the places that it had; then additions, each behind what precedes it; then removals from the end on. */
function changesOfList({ path, was, shadow }: Pair, before: readonly Json[], after: readonly Json[], context: Context): Change[] {
  const list = { was, shadow, originOf: context.originOf };
  const [stays, comes, goes]: [Change[], Change[], Change[]] = [[], [], []];
  let added = 0;
  for (const [place, one] of alignedItems(before, after, list).entries()) {
    const at = [...path, place];
    const from = one.kind === 'added' ? null : (before[one.from] ?? null);
    const [to, part] = one.kind === 'removed' ? [null] : [after[one.to] ?? null, partAt(shadow, one.to)];
    if (one.kind === 'removed') goes.unshift({ kind: 'remove', path: at, from });
    else if (one.kind === 'added') {
      const last = place === before.length + added++;
      const origin = originOfItem(one, list);
      comes.push(...additionOf({ path: at, value: to, last, shadow: part, ...(origin && { origin }) }, context));
    } else {
      const inner = { path: [...path, one.from], was: [...was, one.from], shadow: part };
      stays.push(...changesOf({ before: from, after: to, ...inner }, context));
    }
  }
  return [...stays, ...comes, ...goes];
}

interface Added {
  readonly path: Steps;
  readonly value: Json;
  readonly last: boolean;
  readonly shadow: Json | undefined;
  /** Where it comes from. */
  readonly origin?: Steps;
}

/** The addition, and what changes in it after it has come from elsewhere. */
function additionOf({ path, value, last, shadow, ...known }: Added, context: Context): Change[] {
  const origin = known.origin ?? context.originOf(shadow);
  if (origin) {
    const before = valueAt(context.root, origin.slice(context.path.length));
    const come: Change = { kind: 'add', path, value: before, last, origin };
    return [come, ...changesOf({ before, after: value, path, was: origin, shadow }, context)];
  }
  if (!holdsOrigin(shadow, context.originOf)) return [{ kind: 'add', path, value, last }];
  const empty: Change = { kind: 'add', path, value: Array.isArray(value) ? [] : {}, last };
  const inner = Array.isArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  const entries = inner.flatMap(([step, item]): Change[] =>
    item === undefined ? [] : additionOf({ path: [...path, step], value: item, last: true, shadow: partAt(shadow, step) }, context),
  );
  return [empty, ...entries];
}

/** Does it come from elsewhere than what it stands in? */
function strayed(shadow: Json | undefined, expected: Steps, { originOf }: Context): boolean {
  const origin = originOf(shadow);
  return origin !== undefined && !equal([...origin], [...expected]);
}
