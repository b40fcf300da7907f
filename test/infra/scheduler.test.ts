import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { evaluateFor, type Verdict } from '../../sandbox/aws/iam/evaluate.ts';
import { readTrustPolicy } from '../../sandbox/aws/iam/read-resource-policy.ts';
import { rolePolicies } from '../support/iam/policies-in-template.ts';
import { grantsOf } from '../support/iam/tally.ts';
import { eventSchemaOf } from './event-schemas.ts';
import { stagesIn, wholeFile } from './stage.ts';
import { functions, hub, hubResources, one, prefix, propertiesOf } from './whole-stage.ts';

const { account, region } = hub;
const [stage] = stagesIn(wholeFile);

interface Target {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly DeadLetterConfig: { readonly Arn: string };
  readonly RetryPolicy: unknown;
  readonly Input: string;
}

interface Delivery {
  readonly service?: string;
  readonly owner?: string;
  readonly group: string;
}

const schedulesOf = (group: string) =>
  propertiesOf(hubResources, 'AWS::Scheduler::Schedule').filter(({ GroupName }) => GroupName === group);

/** Functions that run at times; the others run when they are asked to. */
const scheduled = functions.filter(({ schedules }) => schedules(stage!).length > 0).map(({ job }) => job);

describe.each(scheduled)('the schedules of %s', (job) => {
  const name = `${prefix}-${job}`;
  const schedules = schedulesOf(name);
  const targets = schedules.map(({ Target }) => Target as Target);
  const functionArn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const undelivered = `arn:aws:sqs:${region}:${account}:${name}-undelivered`;
  const roles = [...new Set(targets.map(({ RoleArn }) => RoleArn.split('/').at(-1) ?? ''))];
  const [roleName = ''] = roles;

  /** Whether the role lets somebody in who says that he delivers for a group of schedules. */
  function trusts({ service = 'scheduler.amazonaws.com', owner = account, group }: Delivery): Verdict {
    const trust = readTrustPolicy(hubResources[roleName]?.Properties.AssumeRolePolicyDocument, roleName);
    const context = { 'aws:SourceAccount': owner, 'aws:SourceArn': `arn:aws:scheduler:${region}:${owner}:schedule-group/${group}` };
    return evaluateFor({ kind: 'service', name: service }, trust, { action: 'sts:AssumeRole', resource: '*', context });
  }

  it('are there, in a group of their own, switched on, with a zone and to the minute', () => {
    expect(one(hubResources, 'AWS::Scheduler::ScheduleGroup', 'Name', name)).toEqual({ Name: name });
    expect(schedules.length).toBeGreaterThan(0);
    for (const schedule of schedules)
      expect(schedule).toMatchObject({
        ScheduleExpression: expect.stringMatching(/^cron\(/),
        ScheduleExpressionTimezone: expect.stringMatching(/\w/),
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: 'ENABLED',
      });
  });

  it('ask the function to look what there is to do, and a repeated delivery is the same run', () => {
    for (const { Arn, Input } of targets) {
      expect(Arn).toBe(functionArn);
      expect(JSON.parse(Input)).toEqual({ action: 'reconcile', runId: '<aws.scheduler.execution-id>' });
    }
  });

  it('try for minutes, and keep what was not delivered in the queue for it', () => {
    for (const { RetryPolicy, DeadLetterConfig } of targets) {
      expect(RetryPolicy).toEqual({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 });
      expect(DeadLetterConfig).toEqual({ Arn: undelivered });
    }
  });

  it('have one role, which may ask this function and fill this queue, and nothing else', () => {
    expect(roles).toHaveLength(1);
    expect(grantsOf(rolePolicies(hubResources, roleName))).toEqual([
      { action: 'lambda:InvokeFunction', resource: functionArn },
      { action: 'sqs:SendMessage', resource: undelivered },
    ]);
  });

  it('have a role that trusts the Scheduler for this group of this account alone', () => {
    expect(trusts({ group: name })).toBe('allowed');
    for (const delivery of [
      { group: 'other' },
      { group: `${name}-2` },
      { group: name, owner: '000000000000' },
      { group: name, owner: '999988887777' },
      { group: name, service: 'events.amazonaws.com' },
    ])
      expect(trusts(delivery), JSON.stringify(delivery)).toBe('not allowed');
  });
});

describe.each(FUNCTIONS.filter(({ job }) => scheduled.includes(job)))('the event that the schedules send to $job', ({ job }) => {
  it('is one that it takes', () => {
    const inputs = schedulesOf(`${prefix}-${job}`).map(({ Target }) => (Target as Target).Input);

    expect(inputs.length).toBeGreaterThan(0);
    for (const input of inputs) {
      const event: unknown = JSON.parse(input.replace('<aws.scheduler.execution-id>', '0d1b2c3e-4f50-4a6b-8c7d-9e0f1a2b3c4d'));

      expect(eventSchemaOf(job).safeParse(event)).toMatchObject({ success: true });
    }
  });
});

describe('the roles of the Scheduler', () => {
  it('are one for each function that has schedules', () => {
    const roles = propertiesOf(hubResources, 'AWS::IAM::Role').filter(({ AssumeRolePolicyDocument }) =>
      JSON.stringify(AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
    );

    expect(scheduled.length).toBeGreaterThan(1);
    expect(roles).toHaveLength(scheduled.length);
  });
});
