import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scaleConfig } from '../../functions/scale-dev-nightly/config.ts';
import { scaleEventSchema } from '../../functions/scale-dev-nightly/event.ts';
import { ALARM_KINDS } from '../../infra/constructs/alarm-rules.ts';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import type { FunctionDefinition } from '../../infra/functions/definition.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import { METRIC_NAMES, METRIC_NAMESPACE } from '../../lib/platform/metrics-sink.ts';
import { leastFile, synthesise, vpcFile, wholeFile } from './stage.ts';

/** A function that nobody wrote yet: what the stack gives to every function it has to give to this one as well. */
const fifth: FunctionDefinition = {
  job: 'fifth-function',
  summary: 'stands for the next function',
  memoryMb: 256,
  timeoutMinutes: 1,
  heartbeatHours: 26,
  policyDocuments: () => ['{}'],
  environment: () => ({ FIFTH: 'yes' }),
  permissions: () => [],
  schedules: () => [{ name: 'daily', description: 'at noon', minute: '0', hour: '12', weekDay: '*', timeZone: 'UTC' }],
  testEvents: { empty: {} },
  dashboard: [],
};

type Resource = { readonly Properties: Readonly<Record<string, unknown>>; readonly [key: string]: unknown };
type Statement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
};

const functions = [...FUNCTIONS, fifth];
const { template, stacks } = synthesise(wholeFile, functions);
const jobs = functions.map(({ job }) => job);
const prefix = 'nightshift-dev';

function all(type: string, from = template): Record<string, Resource> {
  return from.findResources(type) as Record<string, Resource>;
}

function properties(type: string, from = template): Readonly<Record<string, unknown>>[] {
  return Object.values(all(type, from)).map(({ Properties }) => Properties);
}

/** The one resource of a type that the test holds for. */
function one(type: string, holds: (found: Readonly<Record<string, unknown>>) => boolean): Readonly<Record<string, unknown>> {
  const found = properties(type).filter(holds);
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} fit`);
  return found[0]!;
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
const textOf = (value: unknown): string => JSON.stringify(value);

function policiesOf(from = template): Statement[] {
  return properties('AWS::IAM::Policy', from).flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Statement[] }).Statement);
}

describe.each(jobs)('the function %s', (job) => {
  const name = `${prefix}-${job}`;
  const lambda = one('AWS::Lambda::Function', ({ FunctionName }) => FunctionName === name);

  it('runs on Node 24 and arm64, with a limit, its own role and its own log', () => {
    expect(lambda).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: expect.any(Number),
      MemorySize: expect.any(Number),
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
      Environment: { Variables: { NIGHTSHIFT_STAGE: 'dev', NIGHTSHIFT_LOG_LEVEL: 'info' } },
    });
    expect(one('AWS::IAM::Role', ({ RoleName }) => RoleName === name)).not.toHaveProperty('ManagedPolicyArns');
    expect(one('AWS::Logs::LogGroup', ({ LogGroupName }) => LogGroupName === `/aws/lambda/${name}`)).toMatchObject({ RetentionInDays: 30 });
  });

  it('keeps what failed for good, and tries again for minutes, not for a day', () => {
    const invoke = properties('AWS::Lambda::EventInvokeConfig').find(({ FunctionName }) =>
      textOf(FunctionName).includes(job.replaceAll('-', '')),
    );

    expect(invoke).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 900,
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    });
    expect(one('AWS::SQS::Queue', ({ QueueName }) => QueueName === `${name}-failures`)).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  it('is asked by schedules with a zone, few retries and a queue for what was not delivered', () => {
    const schedules = properties('AWS::Scheduler::Schedule').filter(({ GroupName }) => GroupName === name);

    expect(schedules.length).toBeGreaterThan(0);
    for (const schedule of schedules) {
      expect(schedule).toMatchObject({
        ScheduleExpression: expect.stringMatching(/^cron\(/),
        ScheduleExpressionTimezone: expect.stringMatching(/\w/),
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: 'ENABLED',
        Target: { RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 }, DeadLetterConfig: { Arn: expect.anything() } },
      });
    }
  });

  it('has every alarm, each with an entry in the runbook, and all of them tell when it is over', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const alarms = properties('AWS::CloudWatch::Alarm').filter(({ AlarmName }) => String(AlarmName).startsWith(`${name}-`));

    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(ALARM_KINDS.map((kind) => `${name}-${kind}`));
    for (const { AlarmName, AlarmDescription, AlarmActions, OKActions } of alarms) {
      const kind = String(AlarmName).slice(name.length + 1);
      expect(AlarmDescription).toContain(`docs/runbook.md#${kind}`);
      expect(runbook).toMatch(new RegExp(`^## ${kind}$`, 'm'));
      expect([AlarmActions, OKActions]).toEqual([[expect.anything()], [expect.anything()]]);
    }
  });

  it('is missed when it does not succeed: a missing heartbeat is the alarm, missing data is none elsewhere', () => {
    const alarms = properties('AWS::CloudWatch::Alarm').filter(({ AlarmName }) => String(AlarmName).startsWith(`${name}-`));
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');

    expect(breaching).toMatchObject([
      {
        AlarmName: `${name}-heartbeat`,
        Namespace: METRIC_NAMESPACE,
        MetricName: 'Success',
        Period: 3600,
        ComparisonOperator: 'LessThanThreshold',
        Dimensions: expect.arrayContaining([
          { Name: 'job', Value: job },
          { Name: 'stage', Value: 'dev' },
        ]),
      },
    ]);
    expect(breaching[0]!.EvaluationPeriods).toBeLessThanOrEqual(26);
    expect(alarms.filter(({ TreatMissingData }) => TreatMissingData === 'notBreaching')).toHaveLength(ALARM_KINDS.length - 1);
  });

  it('watches only metrics that are published', () => {
    const own = properties('AWS::CloudWatch::Alarm').filter(
      ({ Namespace, AlarmName }) => Namespace === METRIC_NAMESPACE && String(AlarmName).startsWith(name),
    );

    expect(own.length).toBe(2);
    for (const { MetricName } of own) expect(METRIC_NAMES).toContain(MetricName);
  });

  it('offers test events in the console', () => {
    const schema = one('AWS::EventSchemas::Schema', ({ SchemaName }) => SchemaName === `_${name}-schema`);
    const { components } = JSON.parse(String(schema.Content)) as { components: { examples: Record<string, { value: unknown }> } };

    expect(schema).toMatchObject({ RegistryName: 'lambda-testevent-schemas', Type: 'OpenApi3' });
    expect(Object.keys(components.examples).length).toBeGreaterThan(0);
  });

  it('has its row in the dashboard', () => {
    expect(textOf(properties('AWS::CloudWatch::Dashboard'))).toContain(`# ${job}`);
  });
});

describe('the policies', () => {
  it('allow no action by a wildcard', () => {
    const actions = policiesOf().flatMap(({ Action }) => listOf(Action));

    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('have a reason for each statement, and one more for each resource with a wildcard', () => {
    const permissions = stacks.flatMap(({ automations }) => automations.flatMap(({ role }) => role.permissions));

    for (const { sid, reason, wildcardReason, resources } of permissions) {
      expect(reason, sid).toMatch(/\w+ \w+ \w+/);
      if (resources.some((resource) => resource.endsWith('*'))) expect(wildcardReason, sid).toMatch(/\w+ \w+ \w+/);
    }
    const wild = policiesOf().filter(({ Resource }) => textOf(Resource).includes('*'));
    const known = permissions.filter(({ wildcardReason }) => wildcardReason !== undefined).map(({ sid }) => sid);
    expect(wild.map(({ Sid }) => Sid).filter((sid) => !known.includes(sid ?? ''))).toEqual([]);
  });

  it('let the Scheduler ask the function and keep what it could not deliver, nothing else, for schedules of this group alone', () => {
    const roles = properties('AWS::IAM::Role').filter((role) => textOf(role.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'));

    expect(roles).toHaveLength(jobs.length);
    for (const role of roles) expect(textOf(role)).toMatch(/aws:SourceArn.*schedule-group/);
    const asks = policiesOf().filter(({ Sid }) => Sid === 'AskFunction' || Sid === 'KeepUndelivered');
    expect(asks.map(({ Action }) => Action)).toEqual(jobs.flatMap(() => ['lambda:InvokeFunction', 'sqs:SendMessage']));
  });
});

describe('the state', () => {
  it('outlives the stack: bucket, its access log and table are retained', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
      const found = Object.values(all(type));
      expect(found.length).toBeGreaterThan(0);
      for (const resource of found) expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('is a private, encrypted, versioned bucket that speaks TLS only, whose originals never expire', () => {
    const [state] = properties('AWS::S3::Bucket').filter(({ VersioningConfiguration }) => VersioningConfiguration !== undefined);
    const { Rules } = state!.LifecycleConfiguration as { Rules: Record<string, unknown>[] };

    expect(state).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: expect.anything(),
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix }) => Prefix)).toEqual(['reports/']);
    expect(textOf(properties('AWS::S3::BucketPolicy'))).toContain('aws:SecureTransport');
  });

  it('is a table by pk and sk, on demand, with expiry by ttl and point-in-time recovery', () => {
    expect(properties('AWS::DynamoDB::Table')).toMatchObject([
      {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ]);
  });
});

describe('what scale-dev-nightly gets', () => {
  const name = `${prefix}-scale-dev-nightly`;
  const variables = (
    one('AWS::Lambda::Function', ({ FunctionName }) => FunctionName === name).Environment as { Variables: Record<string, unknown> }
  ).Variables;
  const parameter = one('AWS::SSM::Parameter', ({ Name }) => Name === variables.NIGHTSHIFT_POLICY_PARAMETER);

  it('is an environment and a policy that its own configuration accepts', async () => {
    const env = {
      ...Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, typeof value === 'string' ? value : 'a-bucket'])),
    };
    const config = await scaleConfig(env, {
      get: async () => String(parameter.Value),
      secret: async () => Promise.reject(new BadInputError('none')),
    });

    expect(config).toMatchObject({
      clusters: [
        { via: 'eks', name: 'dev' },
        {
          via: 'eks',
          name: 'far',
          region: 'us-east-1',
          roleArn: 'arn:aws:iam::222233334444:role/nightshift-dev-scale-dev-nightly-us-east-1',
          externalId: prefix,
        },
      ],
      policy: { scopes: [{ label: 'nightshift.yaml', uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin' }] },
      state: { via: 's3', bucket: 'a-bucket' },
    });
  });

  it('are test events that its event schema accepts', () => {
    for (const { job, testEvents } of FUNCTIONS) {
      if (job === 'scale-dev-nightly')
        for (const event of Object.values(testEvents)) expect(scaleEventSchema.safeParse(event).success).toBe(true);
    }
  });

  it('is its group in the cluster of its own account, and nothing in clusters that are elsewhere', () => {
    expect(properties('AWS::EKS::AccessEntry')).toMatchObject([
      { ClusterName: 'dev', KubernetesGroups: ['nightshift:scale-dev-nightly'], Type: 'STANDARD' },
    ]);
  });

  it('stays out of the VPC permissions without a VPC, and has them in one', () => {
    expect(policiesOf().map(({ Sid }) => Sid)).not.toContain('AttachToVpc');
    const inVpc = synthesise(vpcFile).template;

    expect(policiesOf(inVpc).map(({ Sid }) => Sid)).toContain('AttachToVpc');
    expect(properties('AWS::Lambda::Function', inVpc)).toMatchObject([
      { VpcConfig: { SubnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'] } },
    ]);
    expect(properties('AWS::EC2::SecurityGroup', inVpc)).toMatchObject([
      { SecurityGroupEgress: [{ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }] },
    ]);
    expect(properties('AWS::EKS::AccessEntry', inVpc)).toEqual([]);
    expect(properties('AWS::EventSchemas::Registry', inVpc)).toEqual([]);
  });
});

describe('a stage that says nothing of account and region', () => {
  it('is deployed wherever its credentials are, with the tick as its only schedule', () => {
    const { template: least } = synthesise(leastFile);

    expect(properties('AWS::Scheduler::Schedule', least).map(({ Name }) => Name)).toEqual(['reconcile']);
    expect(textOf(policiesOf(least))).toContain('AWS::AccountId');
  });
});
