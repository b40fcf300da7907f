import { createHash } from 'node:crypto';
import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EventTrigger } from '../functions/event-trigger.ts';
import type { FailureQueue } from './failure-queue.ts';

export interface EventTriggersProps {
  /** Of the function; rules are called after it. */
  readonly name: string;
  readonly target: IFunction;
  readonly triggers: readonly EventTrigger[];
  readonly undelivered: FailureQueue;
}

/** The events after which a function runs, each a rule of the account's own bus. What cannot be delivered in minutes is kept: nobody asks for it again. */
export class EventTriggers extends Construct {
  constructor(scope: Construct, id: string, { name, target, triggers, undelivered }: EventTriggersProps) {
    super(scope, id);
    for (const { name: own, description, pattern, input } of triggers) {
      const { source, detailType, detail } = pattern;
      new Rule(this, own, {
        ruleName: ruleName(`${name}-${own}`),
        description,
        eventPattern: { source: [...source], ...(detailType && { detailType: [...detailType] }), ...(detail && { detail }) },
        targets: [
          new LambdaFunction(target, {
            // EventBridge may deliver an event twice: under the id of the event both are one run.
            event: RuleTargetInput.fromObject({ ...input, runId: EventField.eventId }),
            deadLetterQueue: undelivered,
            retryAttempts: 5,
            maxEventAge: Duration.minutes(10),
          }),
        ],
      });
    }
  }
}

/** EventBridge's limit. */
const LONGEST_NAME = 64;
const HASH_LENGTH = 8;

/** A name that is too long is cut, and what was cut off tells it from others that begin like it. */
function ruleName(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, LONGEST_NAME - HASH_LENGTH - 1)}-${hash}`;
}
