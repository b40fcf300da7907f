import { ArnFormat, Aws, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/**
 * Where every alarm goes; people subscribe by e-mail, other systems as they like. Not encrypted at rest: alarm texts hold no secret, CloudWatch cannot
 * publish with the key that SNS manages, and a key of one's own costs more than the rest of the stack.
 */
export class AlertsTopic extends Topic {
  constructor(scope: Construct, id: string, { prefix, emails }: { readonly prefix: string; readonly emails: readonly string[] }) {
    super(scope, id, { topicName: `${prefix}-alerts`, displayName: `${prefix}-alerts`, enforceSSL: true });
    this.addToResourcePolicy(this.#alarms(prefix));
    for (const email of emails) this.addSubscription(new EmailSubscription(email));
    if (emails.length === 0) return;
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'The subscribers are mailboxes. What one refuses for good no queue can deliver; the alarm stays red on the dashboard.',
    });
  }

  /** A topic with a policy has no other: without this statement CloudWatch could not publish, and no alarm would ever be heard. */
  #alarms(prefix: string): PolicyStatement {
    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: `${prefix}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new PolicyStatement({
      sid: 'HearAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': alarms } },
    });
  }
}
