import { describe, expect, it } from 'vitest';
import { PASSED_OVER, type PassedOver } from '../support/aws/passed-over.ts';
import { synthesise, wholeFile } from './stage.ts';

type Properties = Readonly<Record<string, unknown>>;

interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
}

const { template, testEvents } = synthesise(wholeFile);
const Resources = Object.assign({}, ...[template, testEvents].map((each) => each?.toJSON().Resources)) as Readonly<
  Record<string, Resource>
>;

const tlsOnly = (prefix: string) => ({
  Effect: 'Deny',
  Action: expect.stringMatching(`^${prefix}`),
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
const policy = (statement: unknown) => ({ PolicyDocument: { Statement: expect.arrayContaining([expect.objectContaining(statement)]) } });
const somewhere = { 'Fn::GetAtt': [expect.any(String), 'Arn'] };
const one = { Ref: expect.any(String) };

/**
 * Of each entry what every resource of the type, or every value of the property, looks like. An entry of the list without one does not compile;
 * what single resources hold besides, stack.test.ts asks.
 */
const looks: Readonly<Record<PassedOver, unknown>> = {
  'AWS::CloudWatch::Alarm': {
    AlarmActions: [one],
    OKActions: [one],
    AlarmName: expect.stringMatching(/^nightshift-dev-/),
    Threshold: expect.any(Number),
  },
  'AWS::DynamoDB::Table/PointInTimeRecoverySpecification': { PointInTimeRecoveryEnabled: true },
  'AWS::DynamoDB::Table/TimeToLiveSpecification': { AttributeName: 'ttl', Enabled: true },
  'AWS::EKS::AccessEntry': { KubernetesGroups: [expect.stringMatching(/^nightshift:/)], PrincipalArn: somewhere, Type: 'STANDARD' },
  'AWS::EventSchemas::Registry': { RegistryName: 'lambda-testevent-schemas' },
  'AWS::EventSchemas::Schema': {
    RegistryName: 'lambda-testevent-schemas',
    SchemaName: expect.stringMatching(/^_nightshift-dev-.*-schema$/),
  },
  'AWS::Lambda::EventInvokeConfig': {
    FunctionName: one,
    Qualifier: '$LATEST',
    DestinationConfig: { OnFailure: { Destination: somewhere } },
  },
  'AWS::Lambda::Function/Architectures': ['arm64'],
  'AWS::Lambda::Function/LoggingConfig': { LogFormat: 'JSON', LogGroup: one, SystemLogLevel: 'WARN' },
  'AWS::Lambda::Function/TracingConfig': { Mode: 'Active' },
  'AWS::S3::Bucket/LifecycleConfiguration': { Rules: expect.arrayContaining([expect.objectContaining({ Status: 'Enabled' })]) },
  'AWS::S3::Bucket/LoggingConfiguration': { DestinationBucketName: one },
  'AWS::S3::Bucket/OwnershipControls': { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  'AWS::S3::Bucket/PublicAccessBlockConfiguration': {
    ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  },
  'AWS::S3::Bucket/VersioningConfiguration': { Status: 'Enabled' },
  'AWS::S3::BucketPolicy': { Bucket: one, ...policy(tlsOnly('s3:')) },
  'AWS::SNS::Subscription': { Protocol: 'email', Endpoint: 'ops@example.com', TopicArn: one },
  'AWS::SNS::TopicPolicy': { Topics: [one], ...policy(tlsOnly('sns:')) },
  'AWS::SQS::QueuePolicy': { Queues: [one], ...policy(tlsOnly('sqs:')) },
  'AWS::Scheduler::Schedule': {
    GroupName: expect.stringMatching(/^nightshift-dev-/),
    ScheduleExpression: expect.stringMatching(/^cron\(/),
    Target: {
      Arn: somewhere,
      RoleArn: somewhere,
      DeadLetterConfig: { Arn: somewhere },
      Input: expect.stringContaining('<aws.scheduler.execution-id>'),
    },
  },
  'AWS::Scheduler::ScheduleGroup': { Name: expect.stringMatching(/^nightshift-dev-/) },
};

/** The resources that an entry is about, or their values of its property. */
function found(entry: PassedOver): unknown[] {
  const [type, property] = entry.split('/');
  const properties = Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  return property === undefined ? properties : properties.flatMap((each) => (each[property] === undefined ? [] : [each[property]]));
}

/** Every queue, topic and bucket is to have a policy of its own. */
function count(type: string): number {
  return Object.values(Resources).filter(({ Type }) => Type === type).length;
}

describe('what the emulator passes over of a deployment, in the template', () => {
  it.each(PASSED_OVER)('%s is there, and as it should be', (entry) => {
    const all = found(entry);

    expect(all.length).toBeGreaterThan(0);
    for (const each of all) expect(each).toMatchObject(looks[entry] as object);
  });

  it.each(['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue'])('each %s has a policy that speaks TLS only', (type) => {
    expect(count(type)).toBeGreaterThan(0);
    expect(count(`${type}Policy`)).toBe(count(type));
  });

  it('each function keeps what fails, and each bucket is private', () => {
    expect(found('AWS::Lambda::EventInvokeConfig')).toHaveLength(count('AWS::Lambda::Function'));
    expect(found('AWS::S3::Bucket/PublicAccessBlockConfiguration')).toHaveLength(count('AWS::S3::Bucket'));
    expect(found('AWS::Lambda::Function/Architectures')).toHaveLength(count('AWS::Lambda::Function'));
  });
});
