import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Where what could not be delivered, or failed for good, waits for a person: the longest that SQS keeps it. */
export class FailureQueue extends Queue {
  constructor(scope: Construct, id: string, queueName: string) {
    super(scope, id, { queueName, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
    acknowledgeEnd(this);
  }
}

function acknowledgeEnd(queue: Queue): void {
  const reason = 'It is the end of the line itself: an alarm watches its depth, and a queue behind it would only hide the message.';
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason });
}
