import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { AutomationFunction } from './automation-function.ts';
import { jobMetric } from './job-metric.ts';

/** The kinds of alarm; each has an entry of this name in docs/runbook.md. */
export const ALARM_KINDS = ['errors', 'throttles', 'slow', 'failures', 'undelivered', 'dropped-events', 'incomplete', 'heartbeat'] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

export interface AlarmRule {
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default at or above the threshold */
  readonly comparison?: ComparisonOperator;
  /** How many periods in a row. @default 1 */
  readonly periods?: number;
  /** What has happened, as the rest of a sentence. */
  readonly says: string;
}

export interface AlarmSubjects {
  readonly automation: AutomationFunction;
  readonly stage: string;
  readonly undelivered: IQueue;
}

const period = Duration.minutes(5);
const hour = Duration.hours(1);
/** Of the time limit; a run that comes so near will soon leave work undone. */
const SLOW_SHARE = 0.8;

/** Every kind of alarm; a function that runs only when it is asked has no heartbeat. */
export function alarmRules({ automation, stage, undelivered }: AlarmSubjects): Readonly<Partial<Record<AlarmKind, AlarmRule>>> {
  const { function: lambda, definition, failures, timeout } = automation;
  const { job, heartbeatHours } = definition;
  const sum = Stats.SUM;
  const dropped = new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'AsyncEventsDropped',
    dimensionsMap: { FunctionName: lambda.functionName },
    statistic: sum,
    period,
  });
  return {
    errors: {
      metric: lambda.metricErrors({ statistic: sum, period }),
      threshold: 1,
      says: 'a run ended with an error; Lambda tries twice more',
    },
    throttles: { metric: lambda.metricThrottles({ statistic: sum, period }), threshold: 1, says: 'Lambda had no room to start a run' },
    slow: {
      metric: lambda.metricDuration({ statistic: Stats.percentile(99), period }),
      threshold: timeout.toMilliseconds() * SLOW_SHARE,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      says: `runs take more than ${SLOW_SHARE * 100} % of their time limit`,
    },
    failures: { metric: depthOf(failures), threshold: 1, says: 'an event failed for good and waits in the failure queue' },
    undelivered: { metric: depthOf(undelivered), threshold: 1, says: 'an event could not be delivered to the function' },
    'dropped-events': { metric: dropped, threshold: 1, says: 'Lambda dropped an event without running it' },
    incomplete: {
      metric: jobMetric({ job, stage, metric: 'Failed', statistic: 'Maximum', period: hour }),
      threshold: 1,
      periods: 2,
      says: 'runs finish but something in them keeps failing: a cluster, a lookup or a change',
    },
    ...(heartbeatHours !== undefined && {
      heartbeat: {
        metric: jobMetric({ job, stage, metric: 'Success', statistic: 'Sum', period: hour }),
        threshold: 1,
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        periods: heartbeatHours,
        says: `no run has succeeded for ${heartbeatHours} hours`,
      },
    }),
  };
}

function depthOf(queue: IQueue): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period });
}
