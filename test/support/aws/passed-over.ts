/**
 * What the CloudFormation of moto 5.2 makes nothing of: whole types, and `Type/Property` of types that it makes otherwise. What stands here
 * cannot be checked in a deployment; `test/infra/passed-over.test.ts` checks each entry in the template.
 */
export const PASSED_OVER = [
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table/PointInTimeRecoverySpecification',
  'AWS::DynamoDB::Table/TimeToLiveSpecification',
  'AWS::EKS::AccessEntry',
  'AWS::EventSchemas::Registry',
  'AWS::EventSchemas::Schema',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function/Architectures',
  'AWS::Lambda::Function/LoggingConfig',
  'AWS::Lambda::Function/TracingConfig',
  'AWS::S3::Bucket/LifecycleConfiguration',
  'AWS::S3::Bucket/LoggingConfiguration',
  'AWS::S3::Bucket/OwnershipControls',
  'AWS::S3::Bucket/PublicAccessBlockConfiguration',
  'AWS::S3::Bucket/VersioningConfiguration',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
] as const;

export type PassedOver = (typeof PASSED_OVER)[number];

export function isPassedOver(type: string, property?: string): boolean {
  const name = property === undefined ? type : `${type}/${property}`;
  return PASSED_OVER.some((entry) => entry === name);
}
