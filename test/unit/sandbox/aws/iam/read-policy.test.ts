import { describe, expect, it } from 'vitest';
import { InvalidPolicyError } from '../../../../../sandbox/aws/iam/invalid-policy-error.ts';
import { readPolicy } from '../../../../../sandbox/aws/iam/read-policy.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::state/*' };
const policy = (Statement: unknown, rest: object = {}): unknown => ({ Version: '2012-10-17', Statement, ...rest });

describe('a policy document', () => {
  it('may have one statement or several, one action or several', () => {
    const one = readPolicy(policy(statement));
    const several = readPolicy(policy([statement, { ...statement, Sid: 'Second2', Action: ['s3:Put*', '*'], Resource: '*' }]));

    expect(one).toEqual([{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::state/*'], conditions: [] }]);
    expect(several.map(({ actions }) => actions)).toEqual([['s3:GetObject'], ['s3:Put*', '*']]);
  });

  it.each([
    ['text', 'everything', 'it is not an object'],
    ['no version', { Statement: statement }, 'its Version is not 2012-10-17'],
    ['the old version', { Version: '2008-10-17', Statement: statement }, 'its Version is not 2012-10-17'],
    ['no statement', { Version: '2012-10-17' }, 'statement 1: it is not an object'],
    ['an empty list of statements', policy([]), 'it has no statement'],
    ['a field more', policy(statement, { Resources: [] }), 'the field Resources is not supported'],
    ['NotAction', policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }), 'NotAction is not supported'],
    ['NotResource', policy({ Effect: 'Deny', Action: 's3:*', NotResource: '*' }), 'NotResource is not supported'],
    ['a principal', policy({ ...statement, Principal: '*' }), 'Principal is not supported'],
    ['a typing error', policy({ ...statement, Conditions: {} }), 'Conditions is not supported'],
    ['another effect', policy({ ...statement, Effect: 'allow' }), 'Effect is neither Allow nor Deny'],
    ['a Sid with a dash', policy({ ...statement, Sid: 'read-state' }), 'Sid may have only letters and digits'],
    ['no action', policy({ Effect: 'Allow', Resource: '*' }), 'Action holds something that is no text'],
    ['no actions', policy({ ...statement, Action: [] }), 'Action is empty'],
    ['an action without its service', policy({ ...statement, Action: 'GetObject' }), 'GetObject is no action'],
    ['a resource by name', policy({ ...statement, Resource: 'state/*' }), 'state/* is neither an ARN nor *'],
    ['a wildcard for the service', policy({ ...statement, Resource: 'arn:aws:*:::x' }), 'is neither an ARN nor *'],
    ['a reference that is not resolved', policy({ ...statement, Resource: { Ref: 'Bucket' } }), '{"Ref":"Bucket"}'],
    ['a policy variable', policy({ ...statement, Resource: `arn:aws:s3:::state/\${aws:username}/*` }), 'has a variable'],
    ['an unknown operator', policy({ ...statement, Condition: { StringNotEquals: { 's3:prefix': 'a' } } }), 'StringNotEquals'],
    ['a set operator', policy({ ...statement, Condition: { 'ForAnyValue:StringLike': { 's3:prefix': 'a' } } }), 'ForAnyValue:StringLike'],
    ['an operator that forgives', policy({ ...statement, Condition: { BoolIfExists: { 'aws:SecureTransport': true } } }), 'BoolIfExists'],
    ['the name of a method', policy({ ...statement, Condition: { toString: { 's3:prefix': 'a' } } }), 'toString'],
    ['an unknown key', policy({ ...statement, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }), 'aws:ViaAWSService'],
    ['a number to compare with', policy({ ...statement, Condition: { StringEquals: { 's3:prefix': 7 } } }), 'the condition value 7'],
    ['a list of conditions', policy({ ...statement, Condition: [] }), 'Condition is not an object'],
  ])('with %s is refused, and the reason is told', (_, document, why) => {
    expect(() => readPolicy(document)).toThrow(InvalidPolicyError);
    expect(() => readPolicy(document, 'policy 2 of the hub')).toThrow(why);
    expect(() => readPolicy(document, 'policy 2 of the hub')).toThrow(/^policy 2 of the hub/);
  });
});
