import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { type IRule, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AutomationFunction } from './automation-function.ts';
import { FailureQueue } from './failure-queue.ts';

/**
 * How a bucket says that an object has come: `notification` straight into the queue, for a bucket of our own; `eventbridge` by a rule, for a bucket
 * that belongs to others, needs only its EventBridge switch turned on, and may be listened to by many.
 */
export type ObjectEventSource =
  | { readonly via: 'notification'; readonly bucket: CfnBucket; readonly prefix?: string }
  | { readonly via: 'eventbridge'; readonly bucketName: string; readonly prefix?: string };

export interface ObjectEventsProps {
  readonly name: string;
  readonly source: ObjectEventSource;
  readonly target: AutomationFunction;
}

const BATCH_SIZE = 10;
const MAX_CONCURRENCY = 5;
/** Deliveries of one message before it is set aside. */
const MAX_RECEIVE_COUNT = 5;
/** AWS's own advice: six times the time limit, so that no message comes back while it is worked on. */
const VISIBILITY_FACTOR = 6;

/**
 * Objects that come into a bucket, as messages of a queue to a function. Of a batch only what failed comes back: the function answers with
 * `batchItemFailures`. What keeps failing ends in a queue of its own.
 */
export class ObjectEvents extends Construct {
  readonly queue: Queue;
  /** Messages that failed again and again. */
  readonly poison: FailureQueue;

  constructor(scope: Construct, id: string, { name, source, target }: ObjectEventsProps) {
    super(scope, id);
    this.poison = new FailureQueue(this, 'Poison', `${name}-objects-failed`);
    this.queue = new Queue(this, 'Queue', {
      queueName: `${name}-objects`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(target.timeout.toSeconds() * VISIBILITY_FACTOR),
      deadLetterQueue: { queue: this.poison, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    if (source.via === 'notification') this.#notify(source);
    else this.#listen(source);
    target.role.allow({
      sid: 'TakeObjects',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      resources: [this.queue.queueArn],
      reason: 'Lambda takes messages from the queue for the function, with its role, and deletes what was done',
    });
    target.function.addEventSource(
      new SqsEventSource(this.queue, { batchSize: BATCH_SIZE, maxConcurrency: MAX_CONCURRENCY, reportBatchItemFailures: true }),
    );
    Validations.of(target.function).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: "Lambda takes no failure destination for a queue: what keeps failing goes where the queue's own redrive policy says.",
    });
  }

  /** On the plain resource: the CDK's own way would deploy a function of its own with rights over every bucket. */
  #notify({ bucket, prefix }: Extract<ObjectEventSource, { via: 'notification' }>): void {
    const policy = this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TakeFromBuckets',
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        // By account: the bucket waits for this policy, so the policy cannot wait for the bucket's name.
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const filter = prefix === undefined ? {} : { filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } } };
    bucket.notificationConfiguration = { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: this.queue.queueArn, ...filter }] };
    // S3 tries the queue when it is told of it.
    if (policy.policyDependable) bucket.node.addDependency(policy.policyDependable);
  }

  #listen({ bucketName, prefix }: Extract<ObjectEventSource, { via: 'eventbridge' }>): IRule {
    return new Rule(this, 'Rule', {
      description: `objects that come into ${bucketName}`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucketName] }, ...(prefix !== undefined && { object: { key: [{ prefix }] } }) },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.poison, retryAttempts: 5, maxEventAge: Duration.hours(2) })],
    });
  }
}
