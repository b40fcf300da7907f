import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AutomationFunction } from './automation-function.ts';
import { jobMetric } from './job-metric.ts';

export interface DashboardRow {
  readonly automation: AutomationFunction;
  readonly alarms: readonly IAlarm[];
}

/** The night at a glance: a row for each function, what it did, what it left, how long it took, and its last reports. */
export class NightDashboard extends Dashboard {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly name: string; readonly stage: string; readonly rows: readonly DashboardRow[] },
  ) {
    super(scope, id, {
      dashboardName: props.name,
      defaultInterval: Duration.days(1),
      widgets: props.rows.map((row) => rowOf(row, props.stage)),
    });
  }
}

function rowOf({ automation, alarms }: DashboardRow, stage: string): IWidget[] {
  const { definition, function: lambda } = automation;
  const { job } = definition;
  const period = Duration.minutes(15);
  const metric = (name: Parameters<typeof jobMetric>[0]['metric'], label: string, statistic: 'Sum' | 'Maximum' = 'Sum') =>
    jobMetric({ job, stage, metric: name, statistic, period, label });
  return [
    new TextWidget({ markdown: `# ${job}\n${definition.summary}`, width: 24, height: 2 }),
    new GraphWidget({
      title: 'The night',
      left: definition.dashboard.map(({ metric: name, label, statistic }) => metric(name, label, statistic)),
      width: 8,
    }),
    new GraphWidget({
      title: 'Not done',
      left: [metric('Skipped', 'skipped'), metric('Failed', 'failed'), metric('Remaining', 'left for the next run')],
      width: 6,
    }),
    new GraphWidget({
      title: 'Duration',
      left: [metric('Duration', 'run', 'Maximum'), lambda.metricDuration({ label: 'as Lambda measures it', statistic: 'Maximum', period })],
      leftYAxis: { label: 'ms', showUnits: false, min: 0 },
      width: 6,
    }),
    new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 4, height: 6 }),
    new LogQueryWidget({
      title: 'Reports',
      logGroupNames: [lambda.logGroup.logGroupName],
      queryLines: [
        'fields @timestamp, report.status, report.summary, durationMs, runId',
        'filter ispresent(report.summary)',
        'sort @timestamp desc',
        'limit 20',
      ],
      width: 24,
      height: 6,
    }),
  ];
}
