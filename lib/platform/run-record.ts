import { messageOf } from './errors.ts';
import type { RunContext } from './job-definition.ts';
import type { MetricName, MetricsSink } from './metrics-sink.ts';
import type { Report } from './report.ts';
import { reportForLog } from './report-for-log.ts';

/** Of every job; a count that its report lacks is zero. */
const COUNTED: Readonly<Record<string, MetricName>> = { planned: 'Planned', changed: 'Changed', skipped: 'Skipped', failed: 'Failed' };

/** Only of jobs whose reports have the count: a function that puts nothing to sleep has no zeros to tell. */
const COUNTED_BY_SOME: Readonly<Record<string, MetricName>> = { slept: 'Slept', woken: 'Woken' };

interface Recorded {
  readonly context: RunContext;
  readonly dryRun: boolean;
  readonly durationMs: number;
}

/** The one line and the one set of metrics of a finished run. */
export function recordRun({ report, ...thrown }: { readonly report: Report; readonly error?: unknown }, run: Recorded): void {
  const { log } = run.context;
  const fields = { durationMs: run.durationMs, ...(run.dryRun ? { dryRun: true } : {}), report: reportForLog(report), ...thrown };
  if (report.status === 'failed') log.error('run failed', fields);
  else if (report.status === 'degraded') log.warn('run finished degraded', fields);
  else log.info('run finished', fields);
  try {
    count(report, run);
  } catch (error) {
    // Powertools refuses what is no number. What the run did stands, and so does what it says.
    log.warn('metrics could not be published', { reason: messageOf(error) });
  }
}

/** A dry run changes nothing and proves no schedule, so it is not counted; that it failed is. */
function count(report: Report, { context: { metrics }, dryRun, durationMs }: Recorded): void {
  const failed = report.status === 'failed';
  if (dryRun && !failed) return;
  for (const [key, metric] of Object.entries(COUNTED)) metrics.add(metric, report.counts[key] ?? 0);
  for (const [key, metric] of Object.entries(COUNTED_BY_SOME)) addKnown(metrics, metric, report.counts[key]);
  metrics.add('Remaining', report.remaining);
  metrics.add('Duration', durationMs);
  if (!failed) {
    // A failed run may have seen nothing, and what it did not see may well be asleep.
    addKnown(metrics, 'Asleep', report.counts.asleep);
    addKnown(metrics, 'SavedPerHour', report.savings?.perHour);
    metrics.add('Success', 1);
  }
  metrics.publish();
}

function addKnown(metrics: MetricsSink, metric: MetricName, value: number | undefined): void {
  if (value !== undefined) metrics.add(metric, value);
}
