import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, type MetricName } from '../../lib/platform/metrics-sink.ts';

export interface JobMetric {
  readonly job: string;
  readonly stage: string;
  readonly metric: MetricName;
  readonly statistic: 'Sum' | 'Maximum';
  readonly period: Duration;
  /** What graphs call it; an alarm has no use for one. */
  readonly label?: string;
}

/** A metric that a function publishes itself, by the two dimensions that all of them have. */
export function jobMetric({ job, stage, metric, statistic, period, label }: JobMetric): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metric,
    dimensionsMap: { job, stage },
    statistic,
    period,
    ...(label !== undefined && { label }),
  });
}
