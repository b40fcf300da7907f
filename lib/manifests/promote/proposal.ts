import type { Change } from '../patch/changes.ts';
import type { Edit } from '../set/options.ts';
import type { ParsedFile } from './environment.ts';

/** What a rule wants of one place. */
export interface Proposal {
  readonly file: ParsedFile;
  /** From 0. */
  readonly doc: number;
  /** JSON pointer, for people. */
  readonly path: string;
  readonly what: string;
  /** For people. */
  readonly from: string;
  readonly to: string;
  /** Versions to be compared; absent where nothing is to be compared. */
  readonly step?: { readonly from: string; readonly to: string };
  /** None when the place is as it is to be. */
  readonly changes: readonly Change[];
  /** Of a value that keeps its type. */
  readonly edit?: Edit;
}

/** What a rule comes to. A problem is the end of the promotion. */
export interface RuleOutcome {
  readonly proposals: readonly Proposal[];
  readonly problems: readonly string[];
}

/** A rule that matches nothing is most likely misspelt. */
export function matchesNothing(where: string, what: string): string {
  return `${what} is nowhere in ${where}`;
}
