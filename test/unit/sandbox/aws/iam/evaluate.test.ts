import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../sandbox/aws/iam/evaluate.ts';
import type { PolicyStatement } from '../../../../../sandbox/aws/iam/policy-document.ts';
import { readPolicy } from '../../../../../sandbox/aws/iam/read-policy.ts';

const OBJECT = 'arn:aws:s3:::state/runs/1.json';
const read = { action: 's3:GetObject', resource: OBJECT };

function verdict(statements: readonly PolicyStatement[], question: Parameters<typeof evaluate>[1]): string {
  return evaluate(readPolicy({ Version: '2012-10-17', Statement: statements }), question);
}

const allow: PolicyStatement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::state/*' };
const deny: PolicyStatement = { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::state/runs/*' };

describe('identity-based policies', () => {
  it.each([
    ['nothing is allowed by itself', [{ ...allow, Action: 's3:PutObject' }], read, 'not allowed'],
    ['an Allow of action and resource allows', [allow], read, 'allowed'],
    ['another resource is another matter', [allow], { ...read, resource: 'arn:aws:s3:::other/x' }, 'not allowed'],
    ['a Deny wins, whichever comes first', [deny, allow], read, 'explicitly denied'],
    ['a Deny wins, whichever comes last', [allow, deny], read, 'explicitly denied'],
    ['a Deny of something else does nothing', [allow, { ...deny, Action: 's3:PutObject' }], read, 'allowed'],
    ['the case of actions does not count', [{ ...allow, Action: 'S3:getobject' }], read, 'allowed'],
    ['the case of resources does', [{ ...allow, Resource: 'arn:aws:s3:::State/*' }], read, 'not allowed'],
    ['lists mean any of them', [{ ...allow, Action: ['s3:PutObject', 's3:Get*'], Resource: ['arn:aws:s3:::a', OBJECT] }], read, 'allowed'],
    [
      'an action without resources is allowed on * only',
      [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::state' }],
      { action: 's3:ListAllMyBuckets', resource: '*' },
      'not allowed',
    ],
  ] satisfies [string, PolicyStatement[], object, string][])('%s', (_, statements, question, expected) => {
    expect(verdict(statements, question)).toBe(expected);
  });
});

describe('conditions', () => {
  const context = {
    's3:prefix': 'runs/night-1/',
    'aws:SecureTransport': 'true',
    'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/nightshift',
  };

  it.each<[NonNullable<PolicyStatement['Condition']>, boolean]>([
    [{ StringEquals: { 's3:prefix': 'runs/night-1/' } }, true],
    [{ StringEquals: { 's3:prefix': ['reports/', 'runs/night-1/'] } }, true],
    [{ StringEquals: { 's3:prefix': 'runs/*' } }, false],
    [{ StringEquals: { 's3:prefix': 'RUNS/night-1/' } }, false],
    [{ StringLike: { 's3:prefix': 'runs/*' } }, true],
    [{ StringLike: { 'S3:Prefix': 'runs/night-?/' } }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
    [{ Bool: { 'aws:SecureTransport': true } }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/night*' } }, true],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/night*' } }, false],
    // All lines and operators must hold, and a key that the request lacks never does.
    [{ StringLike: { 's3:prefix': 'runs/*' }, Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ StringLike: { 's3:prefix': 'runs/*', 's3:delimiter': '*' } }, false],
  ])('%j: %s', (Condition, holds) => {
    const question = { action: 's3:ListBucket', resource: 'arn:aws:s3:::state', context };

    const allowed = verdict([{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition }], question);
    const denied = verdict(
      [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: '*', Resource: '*', Condition },
      ],
      question,
    );

    expect([allowed, denied]).toEqual(holds ? ['allowed', 'explicitly denied'] : ['not allowed', 'allowed']);
  });
});
