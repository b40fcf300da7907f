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

  it.each(queues)('%s is opened to nobody by its own policy', (queue) => {
    expect(statementsOf(queue).filter(({ effect }) => effect === 'Allow')).toEqual([]);
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
