import { describe, expect, it } from 'vitest';
import { scaleConfig } from '../../functions/scale-dev-nightly/config.ts';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import { evaluate } from '../../sandbox/aws/iam/evaluate.ts';
import { readPolicy } from '../../sandbox/aws/iam/read-policy.ts';
import { identityPolicies, rolePolicies } from '../support/iam/policies-in-template.ts';
import { deployedResources, resourcesOf } from '../support/iam/template-resources.ts';
import { leastFile, synthesise, vpcFile } from './stage.ts';
import { hub, hubResources, jobs, one, prefix, propertiesOf, template } from './whole-stage.ts';

const { account, region } = hub;

describe.each(jobs)('the function %s', (job) => {
  const name = `${prefix}-${job}`;
  const lambda = one(hubResources, 'AWS::Lambda::Function', 'FunctionName', name);

  it('runs on Node 24 and arm64, with a limit, its own role and its own log', () => {
    expect(lambda).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: expect.any(Number),
      MemorySize: expect.any(Number),
      Role: `arn:aws:iam::${account}:role/${name}`,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', LogGroup: `/aws/lambda/${name}` },
      Environment: { Variables: { NIGHTSHIFT_STAGE: 'dev', NIGHTSHIFT_LOG_LEVEL: 'info' } },
    });
    expect(one(hubResources, 'AWS::Logs::LogGroup', 'LogGroupName', `/aws/lambda/${name}`)).toMatchObject({ RetentionInDays: 30 });
  });

  it('has a role that Lambda alone may take', () => {
    expect(one(hubResources, 'AWS::IAM::Role', 'RoleName', name).AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
  });

  it('tries again for minutes, not for a day, and keeps what failed for good in its queue, which it may fill', () => {
    const invoke = one(hubResources, 'AWS::Lambda::EventInvokeConfig', 'FunctionName', name);
    const failures = `arn:aws:sqs:${region}:${account}:${name}-failures`;
    const statements = rolePolicies(hubResources, name).flatMap((policy) => readPolicy(policy));

    expect(invoke).toEqual({
      FunctionName: name,
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 900,
      DestinationConfig: { OnFailure: { Destination: failures } },
    });
    expect(evaluate(statements, { action: 'sqs:SendMessage', resource: failures })).toBe('allowed');
  });

  it.each(['failures', 'undelivered'])('has a queue of %s that keeps them for two weeks, encrypted', (kind) => {
    expect(one(hubResources, 'AWS::SQS::Queue', 'QueueName', `${name}-${kind}`)).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  it('has its row in the dashboard', () => {
    expect(JSON.stringify(propertiesOf(hubResources, 'AWS::CloudWatch::Dashboard'))).toContain(`# ${job}`);
  });
});

describe('the state', () => {
  it('outlives the stack: bucket, its access log and table are retained', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
      const found = Object.values(template.findResources(type));
      expect(found.length).toBeGreaterThan(0);
      for (const resource of found) expect(resource).toMatchObject({ UpdateReplacePolicy: 'Retain' });
      for (const { DeletionPolicy } of found) expect(DeletionPolicy).toMatch(/^Retain/);
    }
  });

  it('is a private, encrypted, versioned bucket that speaks TLS only, whose originals never expire', () => {
    const [state] = propertiesOf(hubResources, 'AWS::S3::Bucket').filter(
      ({ VersioningConfiguration }) => VersioningConfiguration !== undefined,
    );
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
    expect(Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix }) => Prefix)).toEqual([
      'reports/',
      'smoke/',
    ]);
    expect(JSON.stringify(propertiesOf(hubResources, 'AWS::S3::BucketPolicy'))).toContain('aws:SecureTransport');
  });

  it('is a table by pk and sk, on demand, with expiry by ttl and point-in-time recovery', () => {
    expect(propertiesOf(hubResources, 'AWS::DynamoDB::Table')).toMatchObject([
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
  const { Environment } = one(hubResources, 'AWS::Lambda::Function', 'FunctionName', `${prefix}-scale-dev-nightly`);
  const { Variables: env } = Environment as { readonly Variables: Readonly<Record<string, string>> };
  const parameter = one(hubResources, 'AWS::SSM::Parameter', 'Name', env.NIGHTSHIFT_POLICY_PARAMETER);

  it('is an environment and a policy that its own configuration accepts', async () => {
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
      state: { via: 's3', bucket: 'state' },
    });
  });

  it('is its group in the cluster of its own account, and nothing in clusters that are elsewhere', () => {
    const entries = propertiesOf(hubResources, 'AWS::EKS::AccessEntry');

    expect(entries.filter(({ PrincipalArn }) => PrincipalArn === `arn:aws:iam::${account}:role/${prefix}-scale-dev-nightly`)).toEqual([
      {
        ClusterName: 'dev',
        KubernetesGroups: ['nightshift:scale-dev-nightly'],
        PrincipalArn: `arn:aws:iam::${account}:role/${prefix}-scale-dev-nightly`,
        Type: 'STANDARD',
      },
    ]);
  });
});

describe('the access entries of a stage', () => {
  it('are one for each function that enters clusters, with its own group', () => {
    const entries = propertiesOf(hubResources, 'AWS::EKS::AccessEntry').map(({ PrincipalArn, KubernetesGroups }) => [
      String(PrincipalArn).split('/').at(-1),
      KubernetesGroups,
    ]);
    const entering = FUNCTIONS.flatMap(({ job, kubernetesGroup }) =>
      kubernetesGroup === undefined ? [] : [[`${prefix}-${job}`, [kubernetesGroup]]],
    );

    expect(entries).toEqual(entering);
    expect(new Set(entering.map(([, group]) => String(group))).size).toBe(entering.length);
  });
});

describe('a stage in a VPC', () => {
  const inVpc = deployedResources(synthesise(vpcFile).template, hub);
  const sidsIn = (resources: typeof inVpc): unknown[] =>
    identityPolicies(resources).flatMap(({ document }) => [document.Statement].flat().map(({ Sid }) => Sid));

  it('has the permissions for it, and a stage without a VPC does not', () => {
    expect(sidsIn(hubResources)).not.toContain('AttachToVpc');
    expect(sidsIn(inVpc)).toContain('AttachToVpc');
  });

  it('places its functions there, and lets them out by HTTPS alone, except for those whose checks speak to other ports', () => {
    const groups = propertiesOf(inVpc, 'AWS::EC2::SecurityGroup');

    expect(propertiesOf(inVpc, 'AWS::Lambda::Function')).toMatchObject(
      FUNCTIONS.map(() => ({ VpcConfig: { SubnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'] } })),
    );
    expect(groups).toMatchObject([
      { GroupName: 'nightshift-prod', SecurityGroupEgress: [{ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }] },
      {
        GroupName: 'nightshift-prod-checks',
        SecurityGroupEgress: [
          { FromPort: 0, ToPort: 65_535, IpProtocol: 'tcp' },
          { FromPort: 53, ToPort: 53, IpProtocol: 'udp' },
        ],
      },
    ]);
    for (const group of groups) expect(group).not.toHaveProperty('SecurityGroupIngress');
  });

  it('enters no cluster that people let it into themselves', () => {
    expect(propertiesOf(inVpc, 'AWS::EKS::AccessEntry')).toEqual([]);
  });
});

describe('a stage that says nothing of account and region', () => {
  it('is deployed wherever its credentials are, with the tick as its only schedule', () => {
    const least = resourcesOf(synthesise(leastFile).template);

    expect(propertiesOf(least, 'AWS::Scheduler::Schedule').map(({ Name }) => Name)).toEqual(['reconcile']);
    expect(JSON.stringify(identityPolicies(least))).toContain('AWS::AccountId');
  });
});
