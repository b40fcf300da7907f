import type { Json } from '../../manifests/json.ts';

type HttpWord = 'status' | 'body' | 'sha256' | 'size' | 'latency' | 'url' | 'httpVersion' | 'redirects';
type OtherWord = 'received' | 'records' | 'code' | 'serving' | 'message' | 'protocol';
type Plain<Word> = Word extends string ? { readonly kind: Word } : never;

/** What is looked at. `regex` is of the body, or of what a TCP server sent: its first group, or the whole match. */
export type Source =
  | Plain<HttpWord | OtherWord>
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string; readonly attribute?: string }
  | { readonly kind: 'jsonPath'; readonly path: string }
  | { readonly kind: 'xpath'; readonly expression: string }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'certificate'; readonly field: CertificateField }
  /** One answer on the way, from 0; negative ones count from the last. */
  | { readonly kind: 'hop'; readonly index: number; readonly field: HopField };

export const CERTIFICATE_FIELDS = ['daysLeft', 'subject', 'issuer', 'names', 'fingerprint', 'trusted', 'chain'] as const;
export type CertificateField = (typeof CERTIFICATE_FIELDS)[number];

export type HopField = { readonly kind: 'status' | 'url' } | { readonly kind: 'header'; readonly name: string };
export type SourceKind = Source['kind'];

export const VALUE_TYPES = ['string', 'number', 'integer', 'boolean', 'list', 'object', 'null'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export type NumberOperator = 'equals' | 'lessThan' | 'greaterThan' | 'atMost' | 'atLeast';
export interface NumberTest {
  readonly operator: NumberOperator;
  readonly value: number;
}

/**
 * What is asked of it. `filled`: the expected value had a `{{name}}` in it, so it is a text where the answer may have a number.
 * Statuses are ranges from and to, both included.
 */
export type Predicate =
  | { readonly operator: 'equals' | 'notEquals' | 'contains' | 'notContains'; readonly value: Json; readonly filled?: true }
  | { readonly operator: 'in'; readonly values: readonly Json[]; readonly filled?: true }
  | { readonly operator: 'startsWith' | 'endsWith' | 'matches'; readonly text: string }
  | { readonly operator: 'lessThan' | 'greaterThan' | 'atMost' | 'atLeast'; readonly value: number }
  | { readonly operator: 'exists'; readonly value: boolean }
  | { readonly operator: 'isType'; readonly type: ValueType }
  | { readonly operator: 'count'; readonly test: NumberTest }
  | { readonly operator: 'length'; readonly test: NumberTest }
  | { readonly operator: 'status'; readonly ranges: readonly (readonly [from: number, to: number])[]; readonly not: boolean };
export type Operator = Predicate['operator'];

/** Durations are milliseconds, sizes bytes. */
export interface Assertion {
  readonly source: Source;
  readonly predicate: Predicate;
  /** One that does not hold only degrades. */
  readonly onlyDegrades?: true;
  /** Nobody wrote it: the suite leaves it out and it is meant. */
  readonly implied?: true;
}

/** A value of an answer that later checks use by its name. */
export interface Capture {
  readonly source: Source;
  readonly secret: boolean;
}
