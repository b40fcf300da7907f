import { Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/**
 * Where every alarm goes; people subscribe by e-mail, other systems as they like. Not encrypted at rest: alarm texts hold no secret, CloudWatch cannot
 * publish with the key that SNS manages, and a key of one's own costs more than the rest of the stack.
 */
export class AlertsTopic extends Topic {
  constructor(scope: Construct, id: string, { topicName, emails }: { readonly topicName: string; readonly emails: readonly string[] }) {
    super(scope, id, { topicName, displayName: topicName, enforceSSL: true });
    for (const email of emails) this.addSubscription(new EmailSubscription(email));
    if (emails.length === 0) return;
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'The subscribers are mailboxes. What one refuses for good no queue can deliver; the alarm stays red on the dashboard.',
    });
  }
}
