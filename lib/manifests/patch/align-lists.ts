import { equal, fieldOf, type Json } from '../json.ts';

/**
 * What becomes of the items of a list, in the order of the new one; removed items come where they were. An item that moves is removed in one place and
 * added in another, which knows where it comes from.
 */
export type Alignment =
  | { readonly kind: 'kept'; readonly from: number; readonly to: number }
  | { readonly kind: 'removed'; readonly from: number }
  | { readonly kind: 'added'; readonly to: number; readonly from?: number };

/** Fields that tell an item of a manifest's list from the others, best first. */
const NAMES = ['name', 'containerPort', 'port', 'mountPath', 'devicePath', 'ip', 'topologyKey', 'uid', 'type', 'key', 'id'];
/** Beyond this many comparisons items are paired by their places. */
const MOST_COMPARISONS = 1_000_000;

/** Is the item with that index before the one with that index after? */
export type SameItem = (from: number, to: number) => boolean;

/** Pairs the items that are the same ones before and after, as many as there are. @param same unless said: by their names, or what they are */
export function alignLists(before: readonly Json[], after: readonly Json[], same: SameItem = sameOf(before, after)): Alignment[] {
  if (before.length * after.length > MOST_COMPARISONS) return alignByPlace(before, after);
  return withSuccessors(withMoves(alignSame(before.length, after.length, same), same), before, after);
}

/** By the field that tells items from each other, else by all that they are. */
export function sameOf(before: readonly Json[], after: readonly Json[]): SameItem {
  return (from, to) => isSame(before[from] ?? null, after[to] ?? null);
}

/** What goes in one place and comes in another, and is the same, moves. */
function withMoves(alignment: readonly Alignment[], same: SameItem): readonly Alignment[] {
  const gone = new Set(alignment.flatMap((one) => (one.kind === 'removed' ? [one.from] : [])));
  return alignment.map((one) => {
    if (one.kind !== 'added') return one;
    const from = [...gone].find((old) => same(old, one.to));
    if (from === undefined) return one;
    gone.delete(from);
    return { ...one, from };
  });
}

/** Where items went and others came, each new one takes the place of an old one, unless they have different names. */
function withSuccessors(alignment: readonly Alignment[], before: readonly Json[], after: readonly Json[]): Alignment[] {
  const moved = new Set(alignment.flatMap((one) => (one.kind === 'added' && one.from !== undefined ? [one.from] : [])));
  let result: Alignment[] = [];
  let gone: number[] = [];
  for (const one of alignment) {
    if (one.kind === 'kept') gone = [];
    const comes = one.kind === 'added' && one.from === undefined;
    const from = comes ? gone.find((old) => mayBecome(before[old] ?? null, after[one.to] ?? null)) : undefined;
    if (one.kind === 'removed' && !moved.has(one.from)) gone.push(one.from);
    if (one.kind !== 'added' || from === undefined) {
      result.push(one);
      continue;
    }
    gone = gone.filter((old) => old > from);
    const isLater = (other: Alignment): boolean => other.kind === 'removed' && other.from > from;
    const earlier = result.filter((other) => !isLater(other) && !(other.kind === 'removed' && other.from === from));
    result = [...earlier, { kind: 'kept', from, to: one.to }, ...result.filter(isLater)];
  }
  return result;
}

function mayBecome(old: Json, now: Json): boolean {
  const name = NAMES.find((field) => fieldOf(old, field) !== undefined && fieldOf(now, field) !== undefined);
  return name === undefined || equal(fieldOf(old, name), fieldOf(now, name));
}

function alignSame(before: number, after: number, same: SameItem): Alignment[] {
  const lengths = commonLengths(before, after, same);
  const result: Alignment[] = [];
  let [from, to] = [0, 0];
  while (from < before || to < after) {
    const [ahead = 0, skipOld = 0, skipNew = 0] = [lengths[from]?.[to], lengths[from + 1]?.[to], lengths[from]?.[to + 1]];
    if (from < before && to < after && ahead > skipOld && ahead > skipNew) result.push({ kind: 'kept', from: from++, to: to++ });
    // What goes is told before what comes in its place.
    else if (from < before && (to >= after || skipOld >= skipNew)) result.push({ kind: 'removed', from: from++ });
    else result.push({ kind: 'added', to: to++ });
  }
  return result;
}

/** The most items that can be paired from any two places on. */
function commonLengths(before: number, after: number, same: SameItem): number[][] {
  const lengths = Array.from({ length: before + 1 }, () => new Array<number>(after + 1).fill(0));
  for (let from = before - 1; from >= 0; from--) {
    for (let to = after - 1; to >= 0; to--) {
      const row = lengths[from] ?? [];
      const [ahead = 0, skipOld = 0, skipNew = 0] = [lengths[from + 1]?.[to + 1], lengths[from + 1]?.[to], row[to + 1]];
      row[to] = same(from, to) ? ahead + 1 : Math.max(skipOld, skipNew);
    }
  }
  return lengths;
}

function isSame(left: Json, right: Json): boolean {
  const name = NAMES.find((field) => fieldOf(left, field) !== undefined && fieldOf(right, field) !== undefined);
  return name === undefined ? equal(left, right) : equal(fieldOf(left, name), fieldOf(right, name));
}

function alignByPlace(before: readonly Json[], after: readonly Json[]): Alignment[] {
  const both = Math.min(before.length, after.length);
  return [
    ...before.slice(0, both).map((_, place): Alignment => ({ kind: 'kept', from: place, to: place })),
    ...before.slice(both).map((_, place): Alignment => ({ kind: 'removed', from: both + place })),
    ...after.slice(both).map((_, place): Alignment => ({ kind: 'added', to: both + place })),
  ];
}
