import { describe, expect, it } from 'vitest';
import { evaluate, evaluateFor } from '../../sandbox/aws/iam/evaluate.ts';
import type { Asker } from '../../sandbox/aws/iam/principal.ts';
import { readPolicy } from '../../sandbox/aws/iam/read-policy.ts';
import { readResourcePolicy } from '../../sandbox/aws/iam/read-resource-policy.ts';
import { rolePolicies } from '../support/iam/policies-in-template.ts';
import { hub, hubResources, jobs, prefix, propertiesOf } from './whole-stage.ts';

const { account, region } = hub;
const queues = propertiesOf(hubResources, 'AWS::SQS::Queue').map(({ QueueName }) => String(QueueName));
const arnOf = (queue: string): string => `arn:aws:sqs:${region}:${account}:${queue}`;
const urlOf = (queue: string): string => `https://sqs.${region}.amazonaws.com/${account}/${queue}`;

function statementsOf(queue: string): ReturnType<typeof readResourcePolicy> {
  return propertiesOf(hubResources, 'AWS::SQS::QueuePolicy')
    .filter(({ Queues }) => (Queues as readonly string[]).includes(urlOf(queue)))
    .flatMap(({ PolicyDocument }) => readResourcePolicy(PolicyDocument, `policy of ${queue}`));
}

/** The roles whose own policies let them do it, by the names that they have. */
function rolesThatMay(action: string, queue: string): readonly string[] {
  const names = Object.entries(hubResources).flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::IAM::Role' ? [String(Properties.RoleName ?? id)] : [],
  );
  return names.filter((name) => {
    const statements = rolePolicies(hubResources, name).flatMap((policy) => readPolicy(policy));
    return evaluate(statements, { action, resource: arnOf(queue), context: { 'aws:SecureTransport': 'true' } }) === 'allowed';
  });
}

/** The role with which the Scheduler asks a function. */
function schedulerRole(job: string): string | undefined {
  const schedules = propertiesOf(hubResources, 'AWS::Scheduler::Schedule').filter(({ GroupName }) => GroupName === `${prefix}-${job}`);
  const [arn] = schedules.map(({ Target }) => (Target as { readonly RoleArn: string }).RoleArn);
  return arn?.split('/').at(-1);
}

/** The rules of EventBridge that name a queue for what they could not deliver. */
function ruleArnsFor(queue: string): readonly string[] {
  return propertiesOf(hubResources, 'AWS::Events::Rule')
    .filter(({ Targets }) =>
      (Targets as readonly { readonly DeadLetterConfig: { readonly Arn: string } }[]).some(
        ({ DeadLetterConfig }) => DeadLetterConfig.Arn === arnOf(queue),
      ),
    )
    .map(({ Name }) => `arn:aws:events:${region}:${account}:rule/${Name}`);
}

/** What the policy of a queue says to a service that sends for a rule. */
function sendBy(service: string, queue: string, rule: string): string {
  const context = { 'aws:SourceArn': rule, 'aws:SecureTransport': 'true' };
  return evaluateFor({ kind: 'service', name: service }, statementsOf(queue), {
    action: 'sqs:SendMessage',
    resource: arnOf(queue),
    context,
  });
}

describe('the queues of a stage', () => {
  it('are two for each function, and no more', () => {
    expect(queues.sort()).toEqual(jobs.flatMap((job) => [`${prefix}-${job}-failures`, `${prefix}-${job}-undelivered`]).sort());
  });

  it.each(jobs)('of %s take what failed from the function, and what was not delivered from the Scheduler, by their roles', (job) => {
    const name = `${prefix}-${job}`;

    expect(rolesThatMay('sqs:SendMessage', `${name}-failures`)).toEqual([name]);
    expect(rolesThatMay('sqs:SendMessage', `${name}-undelivered`)).toEqual([schedulerRole(job)].filter((role) => role !== undefined));
  });

  it.each(queues)('give nothing away: no role of the stage reads or empties %s', (queue) => {
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:PurgeQueue', 'sqs:SetQueueAttributes'])
      expect(rolesThatMay(action, queue), action).toEqual([]);
  });

  it.each(queues.filter((queue) => ruleArnsFor(queue).length === 0))('%s is opened to nobody by its own policy', (queue) => {
    expect(statementsOf(queue).filter(({ effect }) => effect === 'Allow')).toEqual([]);
  });

  it('take from EventBridge what it could not deliver, by the rules of the very function alone', () => {
    const opened = queues.filter((queue) => ruleArnsFor(queue).length > 0);
    expect(opened).toEqual([`${prefix}-post-deploy-smoke-undelivered`]);

    for (const queue of opened) {
      const rules = ruleArnsFor(queue);
      const strangers = [`${rules[0]}-2`, `arn:aws:events:${region}:999988887777:rule/${prefix}-post-deploy-smoke-shop-1`];

      for (const rule of rules) expect(sendBy('events.amazonaws.com', queue, rule), rule).toBe('allowed');
      for (const rule of strangers) expect(sendBy('events.amazonaws.com', queue, rule), rule).toBe('not allowed');
      expect(sendBy('sns.amazonaws.com', queue, rules[0] ?? '')).toBe('not allowed');
      expect(statementsOf(queue).filter(({ effect }) => effect === 'Allow')).toHaveLength(rules.length);
    }
  });

  it.each(queues)('%s speaks TLS only, with everybody, whatever they want', (queue) => {
    const askers: readonly Asker[] = [
      { kind: 'identity', arn: `arn:aws:iam::${account}:user/me` },
      { kind: 'service', name: 'lambda.amazonaws.com' },
    ];

    for (const asker of askers)
      for (const action of ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
        const ask = (tls: boolean): string =>
          evaluateFor(asker, statementsOf(queue), { action, resource: arnOf(queue), context: { 'aws:SecureTransport': String(tls) } });

        expect([action, ask(false), ask(true)]).toEqual([action, 'explicitly denied', 'not allowed']);
      }
  });
});
