import type { PromotionRule } from './rule.ts';

/** A file of an environment. */
export interface EnvironmentFile {
  /** Below the environment's directory, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly json: boolean;
}

/** One version that a rule is about, as it is and as it is to be. */
export interface PromotionItem {
  readonly rule: string;
  readonly file: string;
  /** From 0. */
  readonly doc: number;
  /** JSON pointer. */
  readonly path: string;
  /** What it is the version of. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly changed: boolean;
}

/** A file that changes. */
export interface PromotedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** False when a document of it is printed anew. */
  readonly exact: boolean;
}

export interface Promotion {
  readonly items: readonly PromotionItem[];
  readonly files: readonly PromotedFile[];
  readonly warnings: readonly string[];
}

export interface PromotionRequest {
  readonly rules: readonly PromotionRule[];
  readonly from: readonly EnvironmentFile[];
  readonly to: readonly EnvironmentFile[];
  /** Versions may go down, whatever the rules say. */
  readonly allowDowngrade?: boolean;
}
