import { describe, expect, it } from 'vitest';
import { InvalidPolicyError } from '../../../../../sandbox/aws/iam/invalid-policy-error.ts';
import { readResourcePolicy, readTrustPolicy } from '../../../../../sandbox/aws/iam/read-resource-policy.ts';

const trusting = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' };
const publish = {
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: 'arn:aws:sns:eu-central-1:111122223333:alerts',
};
const policy = (Statement: unknown): unknown => ({ Version: '2012-10-17', Statement });

describe('the policy of a resource', () => {
  it('names whom it speaks of: everybody, accounts, identities, services, providers', () => {
    const spoken = [
      '*',
      { AWS: '*' },
      { AWS: ['111122223333', 'arn:aws-cn:iam::222233334444:root', 'arn:aws:iam::111122223333:role/ops/hub'] },
      { Service: 'lambda.amazonaws.com', Federated: 'arn:aws:iam::111122223333:oidc-provider/example.com' },
    ];

    const read = readTrustPolicy(policy(spoken.map((Principal) => ({ ...trusting, Principal }))));

    expect(read.map(({ principals }) => principals)).toEqual([
      [{ kind: 'anybody' }],
      [{ kind: 'anybody' }],
      [
        { kind: 'account', account: '111122223333' },
        { kind: 'account', account: '222233334444' },
        { kind: 'identity', arn: 'arn:aws:iam::111122223333:role/ops/hub' },
      ],
      [{ kind: 'service', name: 'lambda.amazonaws.com' }, { kind: 'federated' }],
    ]);
  });

  it('may ask who sends a service, which an identity-based policy cannot', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': 'arn:aws:*:::x' } };

    const [read] = readResourcePolicy(policy({ ...publish, Condition }));

    expect(read).toMatchObject({
      effect: 'Allow',
      resources: [publish.Resource],
      conditions: [{ key: 'aws:sourceaccount' }, { key: 'aws:sourcearn' }],
    });
  });

  it('names its resources, and a trust policy none', () => {
    const { Resource: _, ...without } = publish;

    expect(() => readResourcePolicy(policy(without))).toThrow('Resource holds something that is no text');
    expect(() => readTrustPolicy(policy({ ...trusting, Resource: '*' }))).toThrow('Resource is not supported');
  });

  it.each([
    ['no principal', undefined, 'Principal is neither * nor an object'],
    ['a principal by name', 'hub', 'Principal is neither * nor an object'],
    ['a list of principals', ['*'], 'Principal is neither * nor an object'],
    ['an empty principal', {}, 'Principal is empty'],
    ['no account', { AWS: [] }, 'Principal is empty'],
    ['a canonical user', { CanonicalUser: 'abc' }, 'the principal CanonicalUser is not supported'],
    ['the name of a method', { toString: '*' }, 'the principal toString is not supported'],
    ['a wildcard in a principal', { AWS: 'arn:aws:iam::111122223333:role/*' }, 'is no principal of AWS'],
    ['the ARN of a thing', { AWS: 'arn:aws:s3:::state' }, 'is no principal of AWS'],
    ['a service of somebody else', { Service: 'lambda.example.com' }, 'is no service'],
    ['a reference that is not resolved', { AWS: { Ref: 'Account' } }, '{"Ref":"Account"}'],
  ])('with %s is refused, and the reason is told', (_, Principal, why) => {
    const read = (): unknown => readTrustPolicy(policy({ ...trusting, Principal }), 'trust policy of the spoke');

    expect(read).toThrow(InvalidPolicyError);
    expect(read).toThrow(why);
    expect(read).toThrow(/^trust policy of the spoke, statement 1/);
  });

  it('is refused with NotPrincipal, which turns its meaning round', () => {
    const { Principal, ...rest } = trusting;

    expect(() => readTrustPolicy(policy({ ...rest, NotPrincipal: Principal }))).toThrow('NotPrincipal is not supported');
  });
});
