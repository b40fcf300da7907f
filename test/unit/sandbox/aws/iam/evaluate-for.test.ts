import { describe, expect, it } from 'vitest';
import { evaluateFor } from '../../../../../sandbox/aws/iam/evaluate.ts';
import type { Asker } from '../../../../../sandbox/aws/iam/principal.ts';
import { readResourcePolicy } from '../../../../../sandbox/aws/iam/read-resource-policy.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:alerts';
const user: Asker = { kind: 'identity', arn: 'arn:aws:iam::111122223333:user/me' };
const roleArn = 'arn:aws:iam::111122223333:role/hub';
const sessionArn = 'arn:aws:sts::111122223333:assumed-role/hub/night';
const session: Asker = { kind: 'identity', arn: sessionArn, roleArn };
const stranger: Asker = { kind: 'identity', arn: 'arn:aws:iam::999988887777:user/me' };
const cloudWatch: Asker = { kind: 'service', name: 'cloudwatch.amazonaws.com' };

const allowing = (Principal: unknown) => ({ Effect: 'Allow', Principal, Action: 'sns:Publish', Resource: TOPIC });

function verdict(asker: Asker, statements: readonly object[], context = {}): string {
  const read = readResourcePolicy({ Version: '2012-10-17', Statement: statements });
  return evaluateFor(asker, read, { action: 'sns:Publish', resource: TOPIC, context });
}

describe('a statement of a resource', () => {
  it.each<[string, unknown, readonly [Asker, string][]]>([
    ['everybody', '*', [user, session, stranger, cloudWatch].map((asker) => [asker, 'allowed'])],
    [
      'an account',
      { AWS: 'arn:aws:iam::111122223333:root' },
      [
        [user, 'allowed'],
        [session, 'allowed'],
        [stranger, 'not allowed'],
        [cloudWatch, 'not allowed'],
      ],
    ],
    [
      'a role, in all its sessions',
      { AWS: roleArn },
      [
        [session, 'allowed'],
        [user, 'not allowed'],
      ],
    ],
    ['one session', { AWS: sessionArn }, [[session, 'allowed']]],
    ['another session', { AWS: `${sessionArn}-2` }, [[session, 'not allowed']]],
    [
      'a service',
      { Service: 'cloudwatch.amazonaws.com' },
      [
        [cloudWatch, 'allowed'],
        [user, 'not allowed'],
        [{ kind: 'service', name: 'events.amazonaws.com' }, 'not allowed'],
      ],
    ],
    ['a provider of web identities', { Federated: 'cognito-identity.amazonaws.com' }, [[user, 'not allowed']]],
  ])('speaks of %s', (_, principal, verdicts) => {
    for (const [asker, expected] of verdicts) expect(verdict(asker, [allowing(principal)]), JSON.stringify(asker)).toBe(expected);
  });

  it('that denies wins over one that allows, for those whom it means', () => {
    const statements = [allowing('*'), { ...allowing({ AWS: roleArn }), Effect: 'Deny' }];

    expect([verdict(session, statements), verdict(user, statements)]).toEqual(['explicitly denied', 'allowed']);
  });

  it('may ask for whom a service speaks', () => {
    const Condition = {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnEquals: { 'aws:SourceArn': 'arn:aws:cloudwatch:*:111122223333:alarm:nightshift-*' },
    };
    const statements = [{ ...allowing({ Service: 'cloudwatch.amazonaws.com' }), Condition }];
    const alarm = (name: string): object => ({
      'aws:SourceAccount': '111122223333',
      'aws:SourceArn': `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`,
    });

    expect(verdict(cloudWatch, statements, alarm('nightshift-errors'))).toBe('allowed');
    expect(verdict(cloudWatch, statements, alarm('others-errors'))).toBe('not allowed');
    expect(verdict(cloudWatch, statements, { ...alarm('nightshift-errors'), 'aws:SourceAccount': '999988887777' })).toBe('not allowed');
    expect(verdict(cloudWatch, statements)).toBe('not allowed');
  });
});
