import type { Edit } from './options.ts';
import { growthOf, type Splice, spliced } from './splice.ts';

/** Where something was changed. */
export interface Mark {
  readonly edit: Edit;
  readonly doc: number;
  /** What was there; absent when nothing was. */
  readonly from?: unknown;
  /** Offset in the text as it is now. */
  readonly at: number;
}

/** A text, and what has been done to it so far. */
export interface Made {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly notes: readonly string[];
}

/** One change more; marks behind it move along. */
export function withChange({ text, marks, notes }: Made, splice: Splice, mark: Omit<Mark, 'at'>): Made {
  const moved = marks.map((each) => (each.at >= splice.end ? { ...each, at: each.at + growthOf(splice) } : each));
  const lead = /^[\s]*/.exec(splice.text)?.[0].length ?? 0;
  return { text: spliced(text, splice), marks: [...moved, { ...mark, at: splice.start + lead }], notes };
}
