import type { Outcome } from '../platform/job-definition.ts';
import { type Decision, isChange } from './decision.ts';
import type { ClusterDecision, ClusterResult } from './night.ts';
import type { Prices } from './prices.ts';
import { amount, Tally } from './tally.ts';

/** The report of a dry run: every observed object, with what would become of it and why; with prices, what that would save. */
export function planReport(clusters: readonly ClusterDecision[], prices?: Prices): Outcome {
  const tally = new Tally(prices);
  for (const each of clusters) {
    if (each.kind === 'failed') tally.clusterFailed(each.cluster, each.error);
    else {
      tally.seen(each.cluster, each.decisions, each.notices);
      for (const decision of each.decisions) {
        tally.settled(each.cluster, decision);
        tally.item(each.cluster, decision);
      }
    }
  }
  const { planned } = tally.counts;
  const said = planned === 0 ? 'nothing to do for' : `would change ${planned} of`;
  return tally.outcome({ clusters: clusters.length, said, saving: 'would save', remaining: 0 });
}

/**
 * The report of a run: what changed, what was skipped with a reason, what failed; objects that needed nothing are only counted. With prices, what is
 * saved now.
 */
export function runReport(clusters: readonly ClusterResult[], prices?: Prices): Outcome {
  const tally = new Tally(prices);
  let left = 0;
  for (const each of clusters) {
    if (each.kind === 'failed') tally.clusterFailed(each.cluster, each.error);
    else {
      tally.seen(each.cluster, each.decisions, each.notices);
      for (const decision of each.decisions) {
        if (!isChange(decision)) tally.settled(each.cluster, decision);
        if (isWorthALine(decision)) tally.item(each.cluster, decision);
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
  return tally.outcome({
    clusters: clusters.length,
    said: said.length > 0 ? `${said.join(', ')} of` : 'nothing changed among',
    saving: 'saving',
    remaining: left,
  });
}

/** Of what was not to be changed. */
function isWorthALine(decision: Decision): boolean {
  const told = decision.problems.length + decision.warnings.length > 0;
  return decision.action === 'skip' || (!isChange(decision) && told);
}
