import { equal, type Json } from '../json.ts';
import { type Alignment, alignLists } from './align-lists.ts';
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

/** An item takes the place of none that it has nothing to do with, when it is known to come from outside of the list. */
export function alignedItems(before: readonly Json[], after: readonly Json[], { was, shadow, originOf }: ListTrace): readonly Alignment[] {
  return alignLists(before, after).flatMap((one): Alignment[] => {
    if (one.kind !== 'kept' || equal(before[one.from], after[one.to])) return [one];
    const origin = originOf(partAt(shadow, one.to));
    const { from, to } = one;
    if (!origin || isItemOf(was, origin)) return [one];
    return [
      { kind: 'removed', from },
      { kind: 'added', to },
    ];
  });
}

/** Of items that are the same, the one that goes is what comes, even where a patch has moved the other. */
export function originOfItem({ from, to }: Extract<Alignment, { kind: 'added' }>, { was, shadow, originOf }: ListTrace): Steps | undefined {
  const origin = originOf(partAt(shadow, to));
  return from !== undefined && (!origin || isItemOf(was, origin)) ? [...was, from] : origin;
}

function isItemOf(list: Steps, origin: Steps): boolean {
  return origin.length === list.length + 1 && list.every((step, depth) => step === origin[depth]);
}
