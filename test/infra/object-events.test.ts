import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { AutomationFunction } from '../../infra/constructs/automation-function.ts';
import { type ObjectEventSource, ObjectEvents } from '../../infra/constructs/object-events.ts';
import type { FunctionDefinition, StageResources } from '../../infra/functions/definition.ts';
import { findingsOf } from './findings.ts';
import { leastFile, stagesIn } from './stage.ts';

const hook: FunctionDefinition = {
  job: 'objects',
  summary: 'takes objects',
  memoryMb: 256,
  timeoutMinutes: 2,
  heartbeatHours: 26,
  policyDocuments: () => [],
  environment: () => ({}),
  permissions: () => [],
  schedules: () => [],
  testEvents: {},
  dashboard: [],
};

function synthesise(sourceIn: (stack: Stack) => ObjectEventSource): { readonly app: App; readonly template: Template } {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'events');
  const [stage] = stagesIn(leastFile);
  const code = Code.fromInline('export const handler = async () => ({});');
  const target = new AutomationFunction(stack, 'hook', { definition: hook, stage: stage!, resources: {} as StageResources, code });
  new ObjectEvents(stack, 'events', { name: 'hook', source: sourceIn(stack), target });
  return { app, template: Template.fromStack(stack) };
}

const ownBucket = (stack: Stack): ObjectEventSource => {
  const bucket = new CfnBucket(stack, 'bucket');
  return { via: 'notification', bucket, prefix: 'incoming/' };
};
const theirs = (): ObjectEventSource => ({ via: 'eventbridge', bucketName: 'artifacts', prefix: 'incoming/' });

describe.each([
  ['a bucket of our own', ownBucket],
  ["others' bucket, by EventBridge", theirs],
] as const)('objects that come into %s', (_, sourceIn) => {
  const { app, template } = synthesise(sourceIn);

  it('are messages of which only what failed comes back, a few at a time', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('stay hidden for six time limits while they are worked on, and are set aside when they fail again and again', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'hook-objects',
      VisibilityTimeout: 720,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  it('need no function of the CDK, and no right that is not in the list', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    const sids = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { readonly Sid?: string }[],
    );

    expect(sids.map(({ Sid }) => Sid)).toEqual(['WriteLog', 'SendTraces', 'KeepFailures', 'TakeObjects']);
  });

  it('leave the packs nothing to find but the bucket of this test', () => {
    expect(findingsOf(app).filter(({ path }) => path !== 'events/bucket')).toEqual([]);
  });
});

describe('the two ways', () => {
  it('let only buckets of the account write into the queue, and only objects below the prefix', () => {
    const { template } = synthesise(ownBucket);

    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'incoming/' }] } } }],
      },
    });
    expect(JSON.stringify(template.findResources('AWS::SQS::QueuePolicy'))).toContain('"aws:SourceAccount"');
  });

  it('match the events of one bucket and prefix', () => {
    const { template } = synthesise(theirs);

    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: ['artifacts'] }, object: { key: [{ prefix: 'incoming/' }] } },
      },
    });
  });
});
