import { messageOf, NightshiftError } from '../platform/errors.ts';
import type { Outcome } from '../platform/job-definition.ts';
import type { ReportItem, ReportStatus, Savings } from '../platform/report.ts';
import type { Result } from './apply.ts';
import { isAsleep, missingAfter, missingBefore } from './asleep.ts';
import { type Decision, isChange } from './decision.ts';
import type { Notice } from './plan.ts';
import { noticeItem, planItem, reportRef } from './plan-item.ts';
import type { Prices } from './prices.ts';
import { type Sleeper, savingsOf, savingText } from './savings.ts';

type Counts = Record<
  | 'clusters'
  | 'observed'
  | 'planned'
  | 'changed'
  | 'slept'
  | 'woken'
  | 'asleep'
  | 'cleared'
  | 'skipped'
  | 'unchanged'
  | 'problems'
  | 'failed',
  number
>;

const noCounts: Counts = {
  clusters: 0,
  observed: 0,
  planned: 0,
  changed: 0,
  slept: 0,
  woken: 0,
  asleep: 0,
  cleared: 0,
  skipped: 0,
  unchanged: 0,
  problems: 0,
  failed: 0,
};

/** What a report says once everything is added up. */
interface Closing {
  /** Of all clusters, also those that failed. */
  readonly clusters: number;
  readonly said: string;
  /** What comes before the money that is saved. */
  readonly saving: 'saving' | 'would save';
  readonly remaining: number;
}

/** Adds up what a night was, or would be, over all its clusters. */
export class Tally {
  readonly counts: Counts = { ...noCounts };
  readonly items: ReportItem[] = [];
  readonly #sleepers: Sleeper[] = [];
  readonly #prices: Prices | undefined;
  #failedClusters = 0;
  #failedLookups = 0;

  /** @param prices without them, nothing is said of money */
  constructor(prices: Prices | undefined) {
    this.#prices = prices;
  }

  clusterFailed(cluster: string, error: unknown): void {
    this.#failedClusters += 1;
    this.counts.failed += 1;
    const { code, hint } = error instanceof NightshiftError ? error : {};
    this.items.push({
      ref: cluster,
      action: 'failed',
      reason: messageOf(error),
      ...(code !== undefined && { code }),
      ...(hint !== undefined && { hint }),
    });
  }

  seen(cluster: string, decisions: readonly Decision[], notices: readonly Notice[]): void {
    this.counts.clusters += 1;
    this.counts.observed += decisions.length;
    for (const decision of decisions) {
      if (isChange(decision)) this.counts.planned += 1;
      else if (decision.action === 'skip') this.counts.skipped += 1;
      else this.counts.unchanged += 1;
      this.counts.problems += decision.problems.length;
    }
    for (const notice of notices) {
      if (notice.kind === 'problem') this.counts.problems += 1;
      if (notice.kind === 'failure') {
        this.#failedLookups += 1;
        this.counts.failed += 1;
      }
      this.items.push(noticeItem(cluster, notice));
    }
  }

  item(cluster: string, decision: Decision): void {
    this.items.push({ ref: reportRef(cluster, decision), ...planItem(decision) });
  }

  /** What is, or would be, of a workload that no result speaks of. */
  settled(cluster: string, decision: Decision): void {
    this.#sleeps(cluster, decision, missingAfter(decision));
  }

  result(cluster: string, result: Result): void {
    const { decision, kind } = result;
    const item = { ref: reportRef(cluster, decision), ...planItem(decision) };
    if (kind === 'done' || kind === 'settled') this.settled(cluster, decision);
    else if (kind !== 'gone') this.#sleeps(cluster, decision, missingBefore(decision));
    switch (kind) {
      case 'done':
        this.#changed(decision);
        this.items.push(item);
        return;
      case 'settled':
        this.items.push({ ...item, action: 'skip', reason: `changed meanwhile: ${decision.reason}` });
        return;
      case 'gone':
        this.items.push({ ...item, action: 'skip', to: decision.from, original: null, reason: 'it was deleted meanwhile' });
        return;
      case 'failed':
        this.counts.failed += 1;
        this.items.push({ ...item, action: 'failed', attempted: decision.action, reason: result.reason });
        return;
      case 'left':
        this.items.push({
          ...item,
          action: 'left',
          attempted: decision.action,
          reason: 'the run had to stop before its turn; the next run continues',
        });
        return;
      default:
        kind satisfies never;
    }
  }

  #changed({ action }: Decision): void {
    this.counts.changed += 1;
    if (action === 'sleep') this.counts.slept += 1;
    else if (action === 'wake') this.counts.woken += 1;
    else this.counts.cleared += 1;
  }

  #sleeps(cluster: string, { workload }: Decision, missing: number): void {
    const sleeper = { cluster, workload, missing };
    if (!isAsleep(sleeper)) return;
    this.counts.asleep += 1;
    this.#sleepers.push(sleeper);
  }

  outcome({ clusters, said, saving, remaining }: Closing): Outcome {
    const { counts } = this;
    const savings = this.#prices && savingsOf(this.#sleepers, this.#prices);
    const lost = this.#failedClusters;
    const trouble = [
      lost > 0 && `${amount(lost, 'cluster')} failed`,
      this.#failedLookups > 0 && `${amount(this.#failedLookups, 'lookup')} failed`,
      this.#failedChanges > 0 && `${amount(this.#failedChanges, 'change')} failed`,
      counts.problems > 0 && amount(counts.problems, 'problem'),
      remaining > 0 && `${remaining} left for the next run`,
    ].filter(Boolean);
    const where = `${amount(counts.observed, 'workload')} on ${lost > 0 ? `${clusters - lost} of ` : ''}${amount(clusters, 'cluster')}`;
    return {
      status: this.#status(clusters, trouble.length > 0),
      summary: [`${said} ${where}`, ...savingPart(saving, savings), ...trouble].join('; '),
      counts: { ...counts },
      ...(savings && { savings }),
      items: this.items,
      remaining,
    };
  }

  get #failedChanges(): number {
    return this.counts.failed - this.#failedClusters - this.#failedLookups;
  }

  /** A run that reached no cluster, or whose every change failed, did not do its job. */
  #status(clusters: number, trouble: boolean): ReportStatus {
    const { changed, planned } = this.counts;
    const nothingReached = clusters > 0 && this.#failedClusters === clusters;
    const everyChangeFailed = planned > 0 && changed === 0 && this.#failedChanges >= planned;
    if (nothingReached || everyChangeFailed) return 'failed';
    return trouble ? 'degraded' : 'ok';
  }
}

export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function savingPart(saving: Closing['saving'], savings: Savings | undefined): readonly string[] {
  const text = savings && savingText(savings);
  return text === undefined ? [] : [`${saving} ${text}`];
}
