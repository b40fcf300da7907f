import type { Asked } from './asked.ts';
import type { Splice } from './splice.ts';

/** What an edit is to have done to a node: it has a value, or one more entry at its end, of a mapping under a key. */
export type Claim =
  | { readonly kind: 'value'; readonly asked: Asked }
  | { readonly kind: 'entry'; readonly key: string | undefined; readonly value: unknown };

/** A node that is to be edited, as a parser sees it. */
export interface Subject {
  /** As YAML 1.2 reads it. */
  readonly value: unknown;
  /** Has it the value and the type already, in every reading? */
  is(asked: Asked): boolean;
  /** Does the splice do to the node what is claimed, and nothing else to anything? */
  proves(splice: Splice, claim: Claim): boolean;
}
