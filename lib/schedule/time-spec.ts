import type { ZoneName } from './zone-name.ts';

/** Which tool's reading decides the two spans on which they disagree: a span with from > to, and the end instant of an absolute item. */
export type Dialect = 'nightshift' | 'py' | 'go';

export const DIALECTS: readonly Dialect[] = ['nightshift', 'py', 'go'];

export interface TimeSpecOptions {
  readonly dialect: Dialect;
  /** IANA zone of recurring items that name none. */
  readonly defaultTimeZone?: string;
  /** Weekdays, as in `Mon-Fri`, of recurring items that name none. */
  readonly defaultWeekframe?: string;
  /**
   * Epoch milliseconds: the value is read for this instant only. Items run left to right and the first match wins, so an item without zone or
   * weekdays is a problem only when no item before it matches.
   */
  readonly at?: number;
}

/** Minutes of the local day, `from` inclusive and `to` exclusive, within 0..1440. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

/** `always`, `true`, `never` or `false`. */
export interface ConstantItem {
  readonly kind: 'constant';
  readonly text: string;
  readonly value: boolean;
}

/** Absolute and directional items: epoch milliseconds, `from` inclusive and `until` exclusive, infinite where the item is open. */
export interface IntervalItem {
  readonly kind: 'interval';
  readonly text: string;
  readonly from: number;
  readonly until: number;
}

/** Holds while the wall clock of `zone` is in one of `ranges` on one of `days`. The dialect's reading is already in `ranges`. */
export interface RecurringItem {
  readonly kind: 'recurring';
  readonly text: string;
  /** Indexed by weekday of the local date, Monday first. */
  readonly days: readonly boolean[];
  /** Ascending, disjoint, never empty ranges; no range at all when the span never matches. */
  readonly ranges: readonly MinuteRange[];
  readonly zone: ZoneName;
}

export type TimeSpecItem = ConstantItem | IntervalItem | RecurringItem;

/** A value that says when something holds: when any of its items does. Every item has been validated. */
export interface TimeSpec {
  /** The value as it was written, for reports. */
  readonly source: string;
  readonly items: readonly TimeSpecItem[];
}

/** Stable, machine-readable names of the silent traps; `spec-warnings.ts` says when each is given. */
export type SpecWarningCode =
  | 'empty-span'
  | 'overnight'
  | 'overnight-week-edge'
  | 'overnight-ignored'
  | 'no-effect'
  | 'local-zone'
  | 'fixed-offset-zone';

/** The spec is valid and may still not mean what its author thinks. */
export interface SpecWarning {
  readonly code: SpecWarningCode;
  /** The item that the warning is about, as it was written. */
  readonly part: string;
  readonly message: string;
}

/** Why a value cannot be evaluated. */
export interface SpecProblem {
  /** `incomplete`: the zone or the weekdays are missing and there is no default for them. */
  readonly kind: 'invalid' | 'incomplete';
  /** The offending text, shortened when it is very long. */
  readonly part: string;
  /** One line, *what failed: why*. */
  readonly message: string;
  readonly hint?: string;
}

/** A parsed piece of a value, or the problem that it has. */
export type Parsed<T> = { readonly value: T } | { readonly problem: SpecProblem };

export type TimeSpecResult =
  | { readonly ok: true; readonly spec: TimeSpec; readonly warnings: readonly SpecWarning[] }
  | { readonly ok: false; readonly problem: SpecProblem };
