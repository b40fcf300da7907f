import type { Json } from '../json.ts';
import { type Alignment, alignLists, type SameItem, sameOf } from './align-lists.ts';
import type { Steps } from './changes.ts';
import { partAt, type Trace } from './trace.ts';

/** A list that a patch has changed, as far as it is known where its items come from. */
export interface ListTrace {
  /** To the list, before any change is made. */
  readonly was: Steps;
  /** The part of the trace that goes with it. */
  readonly shadow: Json | undefined;
  readonly originOf: Trace['originOf'];
}

/**
 * What becomes of the items, by where they come from as far as that is known: of two that are equal the one that a patch has moved is the one that moves.
 * An item that comes from outside of the list takes the place of none.
 */
export function alignedItems(before: readonly Json[], after: readonly Json[], trace: ListTrace): readonly Alignment[] {
  const same = trace.shadow === undefined ? sameOf(before, after) : sameByTrace(before, after, trace);
  return alignLists(before, after, same).flatMap((one): Alignment[] => {
    if (one.kind !== 'kept' || same(one.from, one.to) || !isForeign(one.to, trace)) return [one];
    const { from, to } = one;
    return [
      { kind: 'removed', from },
      { kind: 'added', to },
    ];
  });
}

function sameByTrace(before: readonly Json[], after: readonly Json[], trace: ListTrace): SameItem {
  const known = after.map((_, to) => indexIn(trace, to));
  const claimed = new Set(known);
  const alike = sameOf(before, after);
  return (from, to) => {
    if (known[to] !== undefined) return known[to] === from;
    return !claimed.has(from) && !isForeign(to, trace) && alike(from, to);
  };
}

export function originOfItem({ from, to }: Extract<Alignment, { kind: 'added' }>, { was, shadow, originOf }: ListTrace): Steps | undefined {
  return originOf(partAt(shadow, to)) ?? (from === undefined ? undefined : [...was, from]);
}

function isForeign(to: number, trace: ListTrace): boolean {
  return trace.originOf(partAt(trace.shadow, to)) !== undefined && indexIn(trace, to) === undefined;
}

/** The index that an item had in the list; undefined for one that was not in it. */
function indexIn({ was, shadow, originOf }: ListTrace, to: number): number | undefined {
  const origin = originOf(partAt(shadow, to));
  const last = origin?.at(-1);
  const isItem = origin?.length === was.length + 1 && was.every((step, depth) => step === origin[depth]);
  return isItem && typeof last === 'number' ? last : undefined;
}
