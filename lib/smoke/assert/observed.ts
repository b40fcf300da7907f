import type { Json } from '../../manifests/json.ts';

/** What a source has in an answer. */
export type Observed =
  /** Nothing is there; that is an answer for `exists`, `count` and what is said not to be so. */
  | { readonly kind: 'nothing'; readonly what: string }
  /** It cannot be read at all: no JSON, no such hop. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** One text, out of `count` of them (lines of a header, matches, nodes). */
  | { readonly kind: 'text'; readonly text: string; readonly count: number }
  | { readonly kind: 'number'; readonly value: number; readonly unit: Unit }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly why?: string }
  /** Texts without an order: records, names. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** The value of a path that finds one at most. */
  | { readonly kind: 'json'; readonly value: Json }
  /** What a path, or an XPath, that may find several has found. */
  | { readonly kind: 'several'; readonly values: readonly Json[]; readonly noun: 'result' | 'node' };

export type Unit = '' | 'ms' | 'bytes' | 'days';

export const nothing = (what: string): Observed => ({ kind: 'nothing', what });
export const unreadable = (why: string): Observed => ({ kind: 'unreadable', why });
export const oneText = (text: string): Observed => ({ kind: 'text', text, count: 1 });
export const oneNumber = (value: number, unit: Unit = ''): Observed => ({ kind: 'number', value, unit });
