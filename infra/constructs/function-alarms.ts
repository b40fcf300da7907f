import { Alarm, ComparisonOperator, type IAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ALARM_KINDS, type AlarmKind, type AlarmRule, alarmRules } from './alarm-rules.ts';
import type { AutomationFunction } from './automation-function.ts';

export interface FunctionAlarmsProps {
  readonly prefix: string;
  readonly stage: string;
  readonly automation: AutomationFunction;
  /** Deliveries that the Scheduler gave up. */
  readonly undelivered: IQueue;
  readonly topic: ITopic;
}

/** What wakes a person about a function, and what tells that it is over. */
export class FunctionAlarms extends Construct {
  /** By their names, so that a dashboard can show them without waiting for them. */
  readonly alarms: readonly IAlarm[];

  constructor(scope: Construct, id: string, { prefix, stage, automation, undelivered, topic }: FunctionAlarmsProps) {
    super(scope, id);
    const { job } = automation.definition;
    const rules = alarmRules({ automation, stage, undelivered });
    this.alarms = ALARM_KINDS.flatMap((kind) => {
      const rule = rules[kind];
      if (rule === undefined) return [];
      const alarmName = `${prefix}-${job}-${kind}`;
      const alarm = this.#alarm(kind, rule, { alarmName, job });
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
      return [Alarm.fromAlarmName(this, `${kind}-by-name`, alarmName)];
    });
  }

  #alarm(kind: AlarmKind, rule: AlarmRule, { alarmName, job }: { readonly alarmName: string; readonly job: string }): Alarm {
    const { metric, threshold, comparison = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, periods = 1, says } = rule;
    return new Alarm(this, kind, {
      alarmName,
      alarmDescription: `${job}: ${says}. What to do: docs/runbook.md#${kind}`,
      metric,
      threshold,
      comparisonOperator: comparison,
      evaluationPeriods: periods,
      // A quiet function has no data, and that is well; only a missing heartbeat is the very thing to hear of.
      treatMissingData: kind === 'heartbeat' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
  }
}
