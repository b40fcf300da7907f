import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import type { PolicyDocument, TrustPolicyDocument } from '../../../../sandbox/aws/iam/policy-document.ts';
import { type AwsSandbox, type AwsSandboxOptions, startAwsSandbox } from '../../../../sandbox/aws/server.ts';

const SPOKE = 'arn:aws:iam::222233334444:role/spoke';
const HUB = 'arn:aws:iam::111122223333:role/ops/hub';
const USER_ACCOUNT = '000000000000';
let sandbox: AwsSandbox | undefined;

afterEach(async () => sandbox?.close());

type TrustStatement = Extract<TrustPolicyDocument['Statement'], readonly unknown[]>[number];

const trusting = (statement: Partial<TrustStatement>): TrustPolicyDocument => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole', ...statement },
});
const onlyHub = {
  StringEquals: { 'sts:ExternalId': 'team-7' },
  ArnEquals: { 'aws:PrincipalArn': HUB },
};

async function spoke(trust: TrustPolicyDocument, options: AwsSandboxOptions = {}): Promise<AwsSandbox> {
  sandbox = await startAwsSandbox({ ...options, roles: { ...options.roles, [SPOKE]: { trust } } });
  return sandbox;
}

const sessionOf = (roleArn: string): AwsSandbox['credentials'] =>
  sandbox!.openSession({ roleArn, sessionName: 'night', expiresAt: Date.now() + 3_600_000 });

/** `opened`, or the code of the refusal. */
async function assume(credentials: AwsSandbox['credentials'], input: Partial<AssumeRoleCommandInput> = {}): Promise<string> {
  const { endpoint, region } = sandbox!;
  const sts = new STSClient({ endpoint, region, credentials, maxAttempts: 1 });
  const command = new AssumeRoleCommand({ RoleArn: SPOKE, RoleSessionName: 'night', ExternalId: 'team-7', ...input });
  return sts.send(command).then(
    ({ AssumedRoleUser }) => (AssumedRoleUser?.Arn === 'arn:aws:sts::222233334444:assumed-role/spoke/night' ? 'opened' : 'odd'),
    (error: Error) => error.name,
  );
}

describe('a role with a trust policy', () => {
  it('is opened to a session of the very role that it asks for, paths and all', async () => {
    await spoke(trusting({ Condition: onlyHub }));

    expect(await assume(sessionOf(HUB))).toBe('opened');
  });

  it.each([
    ['with another external id', HUB, { ExternalId: 'team-8' }],
    ['without an external id', HUB, { ExternalId: undefined }],
    ['of another role of its account', `${HUB}-2`, {}],
    ['of a role of that name without its path', 'arn:aws:iam::111122223333:role/hub', {}],
    ['of a role of that name in another account', 'arn:aws:iam::999988887777:role/ops/hub', {}],
  ])('is closed to a session %s', async (_, roleArn, input) => {
    await spoke(trusting({ Condition: onlyHub }));

    expect(await assume(sessionOf(roleArn), input)).toBe('AccessDenied');
  });

  it.each<[string, TrustPolicyDocument, string]>([
    ['an account', trusting({}), 'opened'],
    ['an account by its number', trusting({ Principal: { AWS: '111122223333' } }), 'opened'],
    ['another account', trusting({ Principal: { AWS: `arn:aws:iam::${USER_ACCOUNT}:root` } }), 'AccessDenied'],
    ['the role itself', trusting({ Principal: { AWS: HUB } }), 'opened'],
    ['the session itself', trusting({ Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/hub/night' } }), 'opened'],
    ['everybody', trusting({ Principal: '*' }), 'opened'],
    ['a service', trusting({ Principal: { Service: 'lambda.amazonaws.com' } }), 'AccessDenied'],
    ['an account, for another way in', trusting({ Action: 'sts:AssumeRoleWithWebIdentity' }), 'AccessDenied'],
    ['nobody, by a Deny', trusting({ Effect: 'Deny', Principal: '*' }), 'AccessDenied'],
    ['those of a session name', trusting({ Condition: { StringLike: { 'sts:RoleSessionName': 'ni*' } } }), 'opened'],
    ['those of an account', trusting({ Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }), 'opened'],
    // A session's own ARN is not the principal's.
    ['sessions', trusting({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::*:assumed-role/hub/*' } } }), 'AccessDenied'],
    ['what only services say', trusting({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }), 'AccessDenied'],
  ])('trusts %s', async (_, trust, expected) => {
    await spoke(trust);

    expect(await assume(sessionOf(HUB))).toBe(expected);
  });

  it('asks no external id of anybody unless its policy does', async () => {
    await spoke(trusting({}));

    expect(await assume(sessionOf(HUB), { ExternalId: undefined })).toBe('opened');
  });

  it('does not make up for what the policy of the caller lacks', async () => {
    const lacking: PolicyDocument = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };
    await spoke(trusting({}), { roles: { [HUB]: { policies: [lacking] } } });

    expect(await assume(sessionOf(HUB))).toBe('AccessDenied');
  });

  it('reads to strangers like a role that is not there', async () => {
    await spoke(trusting({ Condition: onlyHub }));
    const { endpoint, region, credentials } = sandbox!;
    const sts = new STSClient({ endpoint, region, credentials, maxAttempts: 1 });
    const refusal = (RoleArn: string): Promise<unknown> =>
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'night' })).catch((error: Error) => error.message);

    expect(await refusal(SPOKE)).toBe(String(await refusal(`${SPOKE}2`)).replace('spoke2', 'spoke'));
  });

  it('is not opened by a session for longer than an hour', async () => {
    await spoke(trusting({}));

    expect(await assume(sessionOf(HUB), { DurationSeconds: 3600 })).toBe('opened');
    expect(await assume(sessionOf(HUB), { DurationSeconds: 3601 })).toBe('ValidationError');
  });

  it('keeps the endpoint from starting when its policy cannot be weighed, and is named', async () => {
    const starting = startAwsSandbox({ roles: { [SPOKE]: { trust: trusting({ Principal: { AWS: 'hub' } }) } } });

    await expect(starting).rejects.toThrow(`trust policy of ${SPOKE}, statement 1: hub is no principal of AWS`);
  });
});
