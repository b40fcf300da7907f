import { messageOf, NightshiftError } from '../platform/errors.ts';
import type { Outcome } from '../platform/job-definition.ts';
import type { ReportItem, ReportStatus } from '../platform/report.ts';
import type { Result } from './apply.ts';
import { type Decision, isChange } from './decision.ts';
import type { ClusterDecision, ClusterResult } from './night.ts';
import type { Notice } from './plan.ts';
import { noticeRef, planItem, reportRef } from './plan-item.ts';

type Counts = Record<
  'clusters' | 'observed' | 'planned' | 'changed' | 'slept' | 'woken' | 'cleared' | 'skipped' | 'unchanged' | 'problems' | 'failed',
  number
>;

const noCounts: Counts = {
  clusters: 0,
  observed: 0,
  planned: 0,
  changed: 0,
  slept: 0,
  woken: 0,
  cleared: 0,
  skipped: 0,
  unchanged: 0,
  problems: 0,
  failed: 0,
};

const noticeActions = { failure: 'failed', problem: 'problem', warning: 'warning' } as const satisfies Record<Notice['kind'], string>;

/** The report of a dry run: every observed object, with what would become of it and why. */
export function planReport(clusters: readonly ClusterDecision[]): Outcome {
  const tally = new Tally();
  for (const each of clusters) {
    if (each.kind === 'failed') tally.clusterFailed(each.cluster, each.error);
    else {
      tally.seen(each.cluster, each.decisions, each.notices);
      for (const decision of each.decisions) tally.items.push({ ref: reportRef(each.cluster, decision), ...planItem(decision) });
    }
  }
  const { counts } = tally;
  return tally.outcome(clusters.length, counts.planned === 0 ? 'nothing to do for' : `would change ${counts.planned} of`, 0);
}

/** The report of a run: what changed, what was skipped with a reason, what failed; objects that needed nothing are only counted. */
export function runReport(clusters: readonly ClusterResult[]): Outcome {
  const tally = new Tally();
  let left = 0;
  for (const each of clusters) {
    if (each.kind === 'failed') tally.clusterFailed(each.cluster, each.error);
    else {
      tally.seen(each.cluster, each.decisions, each.notices);
      for (const decision of each.decisions) {
        if (decision.action === 'skip' || (!isChange(decision) && decision.problems.length + decision.warnings.length > 0)) {
          tally.items.push({ ref: reportRef(each.cluster, decision), ...planItem(decision) });
        }
      }
      for (const result of each.results) {
        tally.result(each.cluster, result);
        if (result.kind === 'left') left += 1;
      }
    }
  }
  const { slept, woken, cleared } = tally.counts;
  const said = [
    slept && `${slept} put to sleep`,
    woken && `${woken} woken`,
    cleared && `${amount(cleared, 'stale record')} dropped`,
  ].filter(Boolean);
  return tally.outcome(clusters.length, said.length > 0 ? `${said.join(', ')} of` : 'nothing changed among', left);
}

class Tally {
  readonly counts: Counts = { ...noCounts };
  readonly items: ReportItem[] = [];
  #failedClusters = 0;
  #failedLookups = 0;

  clusterFailed(cluster: string, error: unknown): void {
    this.#failedClusters += 1;
    this.counts.failed += 1;
    const hint = error instanceof NightshiftError ? error.hint : undefined;
    this.items.push({ ref: cluster, action: 'failed', reason: messageOf(error), ...(hint !== undefined && { hint }) });
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
      this.items.push({ ref: noticeRef(cluster, notice), action: noticeActions[notice.kind], reason: notice.message });
    }
  }

  result(cluster: string, result: Result): void {
    const { decision, kind } = result;
    const item = { ref: reportRef(cluster, decision), ...planItem(decision) };
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

  outcome(clusters: number, said: string, remaining: number): Outcome {
    const { counts } = this;
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
      summary: [`${said} ${where}`, ...trouble].join('; '),
      counts: { ...counts },
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

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
