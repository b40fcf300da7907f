import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { takeOutFunction } from './deployed-function.ts';
import { type Json, listIn, type MotoApi, objectIn } from './moto.ts';
import { s3Of } from './s3-of.ts';

/** Asks the emulator for a resource, in the words that CloudFormation has for its properties. */
export type ResourceReader = (moto: MotoApi, resource: ResourceToRead) => Promise<Json>;

export interface ResourceToRead {
  /** What DescribeStackResources calls it. */
  readonly physicalId: string;
  /** Of the template, resolved: where a physical id does not lead to the resource, they say where it should be. */
  readonly properties: Json;
}

/** How each type that the emulator makes is read back. A type that is neither here nor passed over is one that no test looks at. */
export const RESOURCE_READERS: Readonly<Record<string, ResourceReader>> = {
  'AWS::CloudWatch::Dashboard': async (moto, { physicalId }) => {
    const { DashboardBody } = await moto.query('monitoring', '2010-08-01', 'GetDashboard', { DashboardName: physicalId });
    return { DashboardName: physicalId, DashboardBody };
  },
  'AWS::DynamoDB::Table': async (moto, { physicalId }) => {
    const Table = objectIn(await moto.json('dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName: physicalId }), 'Table');
    const { BillingMode } = objectIn(Table, 'BillingModeSummary');
    return { ...Table, BillingMode, SSESpecification: { SSEEnabled: objectIn(Table, 'SSEDescription').Status === 'ENABLED' } };
  },
  'AWS::IAM::Policy': async (moto, { properties }) => {
    const [role] = properties.Roles as readonly string[];
    const names = { RoleName: String(role), PolicyName: String(properties.PolicyName) };
    const { PolicyName, PolicyDocument, RoleName } = await moto.query('iam', '2010-05-08', 'GetRolePolicy', names);
    return { PolicyName, PolicyDocument: policyOf(PolicyDocument), Roles: [RoleName] };
  },
  'AWS::IAM::Role': async (moto, { physicalId }) => {
    const Role = objectIn(await moto.query('iam', '2010-05-08', 'GetRole', { RoleName: physicalId }), 'Role');
    return { ...Role, AssumeRolePolicyDocument: policyOf(Role.AssumeRolePolicyDocument) };
  },
  'AWS::Lambda::Function': async (moto, { physicalId, properties }) => {
    const Code = objectIn(properties, 'Code');
    // Lambda does not tell where its code came from: that it is the asset of the template, its hash says.
    const { configuration } = await takeOutFunction(moto, physicalId, { bucket: String(Code.S3Bucket), key: String(Code.S3Key) });
    return { ...configuration, Code };
  },
  'AWS::Logs::LogGroup': async (moto, { physicalId }) => {
    const answer = await moto.json('logs', 'Logs_20140328.DescribeLogGroups', { logGroupNamePrefix: physicalId });
    const [group] = listIn(answer, 'logGroups').filter(({ logGroupName }) => logGroupName === physicalId);
    return { LogGroupName: group?.logGroupName, RetentionInDays: group?.retentionInDays };
  },
  'AWS::S3::Bucket': async (moto, { physicalId }) => {
    const answer = await s3Of(moto).send(new GetBucketEncryptionCommand({ Bucket: physicalId }));
    const rules = answer.ServerSideEncryptionConfiguration?.Rules ?? [];
    const configuration = rules.map((rule) => ({ ServerSideEncryptionByDefault: rule.ApplyServerSideEncryptionByDefault }));
    return { BucketEncryption: { ServerSideEncryptionConfiguration: configuration } };
  },
  'AWS::SNS::Topic': async (moto, { physicalId }) => {
    const answer = await moto.query('sns', '2010-03-31', 'GetTopicAttributes', { TopicArn: physicalId });
    const entries = listIn(objectIn(answer, 'Attributes'), 'entry').map(({ key, value }) => [String(key), value] as const);
    const { DisplayName, TopicArn } = Object.fromEntries(entries);
    return { DisplayName, TopicName: String(TopicArn).split(':').at(-1) };
  },
  'AWS::SQS::Queue': async (moto, { physicalId }) => {
    const answer = await moto.json('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl: physicalId, AttributeNames: ['All'] });
    const { MessageRetentionPeriod, SqsManagedSseEnabled, QueueArn } = objectIn(answer, 'Attributes');
    return {
      QueueName: String(QueueArn).split(':').at(-1),
      MessageRetentionPeriod: Number(MessageRetentionPeriod),
      SqsManagedSseEnabled: SqsManagedSseEnabled === 'true',
    };
  },
  'AWS::SSM::Parameter': async (moto, { physicalId }) => {
    const Parameter = objectIn(await moto.json('ssm', 'AmazonSSM.GetParameter', { Name: physicalId }), 'Parameter');
    const filter = [{ Key: 'Name', Option: 'Equals', Values: [physicalId] }];
    const [described = {}] = listIn(await moto.json('ssm', 'AmazonSSM.DescribeParameters', { ParameterFilters: filter }), 'Parameters');
    return { ...described, ...Parameter };
  },
};

/** IAM answers documents in percent-encoding. */
function policyOf(document: unknown): unknown {
  return typeof document === 'string' ? JSON.parse(decodeURIComponent(document)) : document;
}
