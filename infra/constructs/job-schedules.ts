import { Aws, Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { JobSchedule } from '../functions/job-schedule.ts';
import { statementOf } from '../policies/permission.ts';
import { schedulerPermissions } from '../policies/scheduler.ts';
import { FailureQueue } from './failure-queue.ts';

export interface JobSchedulesProps {
  /** Of the group; schedules are called after their own names in it. */
  readonly name: string;
  readonly target: IFunction;
  readonly schedules: readonly JobSchedule[];
}

/**
 * The schedules of a function. Each is a hint: the function computes what is wanted from the clock, so a late, doubled or lost delivery is healed by
 * the next one. That is why the Scheduler tries for minutes and not, as it would by itself, for a day: a nightly run at noon helps nobody.
 */
export class JobSchedules extends Construct {
  /** Deliveries that failed, of the Scheduler or of whatever else asks the function: it was never asked. */
  readonly undelivered: FailureQueue;

  constructor(scope: Construct, id: string, { name, target, schedules }: JobSchedulesProps) {
    super(scope, id);
    this.undelivered = new FailureQueue(this, 'Undelivered', `${name}-undelivered`);
    if (schedules.length === 0) return;
    // Kept, as the CDK would by itself, it would stand in the way of the next deployment under the same name.
    const scheduleGroup = new ScheduleGroup(this, 'Group', { scheduleGroupName: name, removalPolicy: RemovalPolicy.DESTROY });
    const invoke = new LambdaInvoke(target, {
      // A repeated delivery carries the same id and so is the same run.
      input: ScheduleTargetInput.fromObject({ action: 'reconcile', runId: ContextAttribute.executionId }),
      deadLetterQueue: this.undelivered,
      role: this.#role(target, name),
      retryAttempts: 2,
      maxEventAge: Duration.minutes(10),
    });
    for (const { name: scheduleName, description, minute, hour, weekDay, timeZone } of schedules) {
      new Schedule(this, scheduleName, {
        scheduleName,
        scheduleGroup,
        description,
        schedule: ScheduleExpression.cron({ minute, hour, weekDay, timeZone: TimeZone.of(timeZone) }),
        target: invoke,
      });
    }
  }
  /** Of this group's schedules alone: no other of the account can be told to use it. The construct's own grants, which are wider, are kept out. */
  #role({ functionArn }: IFunction, group: string): IRole {
    const groupArn = Stack.of(this).formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: group });
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnEquals: { 'aws:SourceArn': groupArn } };
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions }) });
    for (const permission of schedulerPermissions(functionArn, this.undelivered.queueArn)) role.addToPolicy(statementOf(permission));
    return role.withoutPolicyUpdates();
  }
}
