import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALARM_KINDS, type AlarmKind } from '../../infra/constructs/alarm-rules.ts';
import { METRIC_NAMES, METRIC_NAMESPACE } from '../../lib/platform/metrics-sink.ts';
import { functions, hubResources, one, prefix, propertiesOf } from './whole-stage.ts';

interface Subject {
  readonly job: string;
  /** Of the function. */
  readonly name: string;
  readonly heartbeatHours: number | undefined;
  /** Of the function, in seconds. */
  readonly timeout: number;
}

const quiet = { EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, TreatMissingData: 'notBreaching' };
const onLambda = (name: string) => ({
  ...quiet,
  Namespace: 'AWS/Lambda',
  Dimensions: [{ Name: 'FunctionName', Value: name }],
  Period: 300,
});
const depthOf = (queue: string) => ({
  ...quiet,
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: queue }],
  Statistic: 'Maximum',
  Period: 300,
});
const ofTheJob = (job: string) => ({
  ...quiet,
  Namespace: METRIC_NAMESPACE,
  Dimensions: [
    { Name: 'job', Value: job },
    { Name: 'stage', Value: 'dev' },
  ],
  Period: 3600,
});

/** All that decides when an alarm is raised. A kind without a row does not compile. */
const watching: Readonly<Record<AlarmKind, (subject: Subject) => object>> = {
  errors: ({ name }) => ({ ...onLambda(name), MetricName: 'Errors', Statistic: 'Sum' }),
  throttles: ({ name }) => ({ ...onLambda(name), MetricName: 'Throttles', Statistic: 'Sum' }),
  // Four fifths of the time limit, in milliseconds.
  slow: ({ name, timeout }) => ({
    ...onLambda(name),
    MetricName: 'Duration',
    ExtendedStatistic: 'p99',
    Threshold: timeout * 800,
    ComparisonOperator: 'GreaterThanThreshold',
  }),
  failures: ({ name }) => depthOf(`${name}-failures`),
  undelivered: ({ name }) => depthOf(`${name}-undelivered`),
  'dropped-events': ({ name }) => ({ ...onLambda(name), MetricName: 'AsyncEventsDropped', Statistic: 'Sum' }),
  incomplete: ({ job }) => ({ ...ofTheJob(job), MetricName: 'Failed', Statistic: 'Maximum', EvaluationPeriods: 2 }),
  heartbeat: ({ job, heartbeatHours }) => ({
    ...ofTheJob(job),
    MetricName: 'Success',
    Statistic: 'Sum',
    EvaluationPeriods: heartbeatHours,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  }),
};

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

describe.each(functions)('the alarms of $job', ({ job, heartbeatHours }) => {
  const name = `${prefix}-${job}`;
  const timeout = Number(one(hubResources, 'AWS::Lambda::Function', 'FunctionName', name).Timeout);
  // A function that runs only when it is asked to has no heartbeat that could be missed.
  const kinds = ALARM_KINDS.filter((kind) => kind !== 'heartbeat' || heartbeatHours !== undefined);
  const alarms = propertiesOf(hubResources, 'AWS::CloudWatch::Alarm').filter(({ AlarmName }) => String(AlarmName).startsWith(`${name}-`));

  it('are of every kind', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(kinds.map((kind) => `${name}-${kind}`));
  });

  it.each(kinds)('are raised by %s as it is measured, and by nothing else', (kind) => {
    const alarm = one(hubResources, 'AWS::CloudWatch::Alarm', 'AlarmName', `${name}-${kind}`);
    const { AlarmName, AlarmDescription, AlarmActions, OKActions, ...watched } = alarm;

    expect(watched).toEqual(watching[kind]({ job, name, heartbeatHours, timeout }));
  });

  it('have a time limit, and a heartbeat of at most 26 hours, so that no night is missed twice', () => {
    expect(timeout).toBeGreaterThan(0);
    expect(heartbeatHours ?? 0).toBeLessThanOrEqual(26);
  });

  it('watch queues that are there', () => {
    const queues = propertiesOf(hubResources, 'AWS::SQS::Queue').map(({ QueueName }) => QueueName);

    expect(queues).toEqual(expect.arrayContaining([`${name}-failures`, `${name}-undelivered`]));
  });

  it('watch only metrics of ours that are published', () => {
    const own = alarms.filter(({ Namespace }) => Namespace === METRIC_NAMESPACE);

    expect(own).toHaveLength(heartbeatHours === undefined ? 1 : 2);
    for (const { MetricName } of own) expect(METRIC_NAMES).toContain(MetricName);
  });

  it.each(kinds)('name the entry of the runbook for %s', (kind) => {
    const { AlarmDescription } = one(hubResources, 'AWS::CloudWatch::Alarm', 'AlarmName', `${name}-${kind}`);

    expect(AlarmDescription).toMatch(new RegExp(` docs/runbook\\.md#${kind}$`));
    expect(runbook).toMatch(new RegExp(`^## ${kind}$`, 'm'));
  });
});
