import type { Asked } from './asked.ts';
import type { Segment } from './path.ts';

/** One value to be set. */
export interface Edit {
  /** As it was written, for messages. */
  readonly path: string;
  readonly segments: readonly Segment[];
  readonly asked: Asked;
}

/** A document by its place, from 0, or by what it says it is. */
export type DocumentSelector = { readonly index: number } | { readonly kind: string; readonly name: string };

export interface SetOptions {
  readonly document?: DocumentSelector;
  /** In every document that the path exists in. */
  readonly allDocuments?: boolean;
  /** Make keys that are missing. */
  readonly create?: boolean;
  /** What to do with a path that ends at an alias, or, to follow, runs through one. `never`: refuse, and name no flag that would allow it. */
  readonly aliases?: 'refuse' | 'never' | 'follow' | 'replace';
  /** The file is JSON; it stays JSON. */
  readonly json?: boolean;
}

/** One value that was changed. */
export interface Change {
  readonly path: string;
  /** From 0. */
  readonly doc: number;
  /** What was there, as YAML 1.2 reads it; absent when nothing was. */
  readonly from?: unknown;
  readonly to: unknown;
  /** From 1, in the text that results. */
  readonly line: number;
}

export interface SetResult {
  readonly text: string;
  readonly changes: readonly Change[];
  /** What else the reader should know: who shares a value that was changed. */
  readonly notes: readonly string[];
}
