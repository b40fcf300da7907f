import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Log } from './log.ts';
import { METRIC_NAMESPACE, type MetricName, type MetricsSink } from './metrics-sink.ts';

const UNITS = {
  Planned: 'Count',
  Changed: 'Count',
  Skipped: 'Count',
  Failed: 'Count',
  Slept: 'Count',
  Woken: 'Count',
  Asleep: 'Count',
  SavedPerHour: 'None',
  Remaining: 'Count',
  Duration: 'Milliseconds',
  Success: 'Count',
} as const satisfies Record<MetricName, string>;

/**
 * CloudWatch metrics in the embedded metric format: one line on stdout per `publish`, no call to AWS.
 * Dimensions are `job` and `stage` and nothing else; what varies with clusters and workloads belongs into logs, because every combination
 * of dimensions is a metric to pay for and one that no alarm watches.
 */
export function createMetrics(dimensions: { readonly job: string; readonly stage: string }, log: Log): MetricsSink {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, logger: log });
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ ...dimensions });
  return {
    add: (name, value) => metrics.addMetric(name, UNITS[name], value),
    publish: () => {
      metrics.publishStoredMetrics();
    },
  };
}
