/** What a run did to one thing, or why it left it alone. Jobs add fields of their own. */
export interface ReportItem {
  /** `cluster/namespace/Kind/name`, or whatever names the thing for a person. */
  readonly ref: string;
  readonly action: string;
  readonly reason: string;
  readonly [field: string]: unknown;
}

/** What sleeps, in money, of a job that knows prices. Amounts are per hour, to four decimals. */
export interface Savings {
  readonly currency: string;
  readonly perHour: number;
  /** Sleeping workloads whose Pods ask for nothing: they save nothing by this measure. */
  readonly withoutRequests: number;
  /** The dearest first; what is left after the first of them is summed up in one entry. */
  readonly byNamespace: readonly { readonly cluster: string; readonly namespace: string; readonly perHour: number }[];
}

export type ReportStatus = 'ok' | 'degraded' | 'failed';

/** Returned by every handler and logged once, so that Step Functions, alarms and people read the same thing. */
export interface Report {
  readonly job: string;
  readonly runId: string;
  readonly status: ReportStatus;
  /** One line. */
  readonly summary: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly savings?: Savings;
  readonly items: readonly ReportItem[];
  /** Actions that the time budget left undone; the next run continues. */
  readonly remaining: number;
}
