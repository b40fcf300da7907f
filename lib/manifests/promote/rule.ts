import type { DocumentSelector } from '../set/options.ts';
import type { Segment } from '../set/path.ts';

/** A place that a path leads to. */
export interface PathPlace {
  /** As it was written. */
  readonly path: string;
  readonly segments: readonly Segment[];
  readonly document?: DocumentSelector;
}

interface CommonRule {
  /** What people know it by. */
  readonly label: string;
  /** Globs, below both directories. */
  readonly files: readonly string[];
  /** It may match nothing. */
  readonly optional: boolean;
  readonly allowDowngrade: boolean;
}

/** What is promoted: the tags and digests of images, the versions of charts, the value at a path, or image arguments of a kustomization. */
export type PromotionRule = CommonRule &
  (
    | { readonly kind: 'image'; readonly names: readonly string[]; readonly toName?: string }
    | { readonly kind: 'chart'; readonly names: readonly string[] }
    | { readonly kind: 'path'; readonly place: PathPlace; readonly from: PathPlace & { readonly file?: string } }
    | { readonly kind: 'references'; readonly references: readonly string[] }
  );
