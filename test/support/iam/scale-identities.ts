import type { TrustPolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { SANDBOX_ACCOUNT } from '../../../sandbox/aws/identities.ts';
import type { SandboxRole } from '../../../sandbox/aws/principals.ts';
import type { AwsSandbox } from '../../../sandbox/aws/server.ts';
import type { ScalePlaces, ScaleWorldOptions } from './scale-world.ts';

const functionName = 'nightshift-dev-scale-dev-nightly';
/** As long as Lambda's own keys live, at most. */
const SESSION_MS = 12 * 3_600_000;

const lambdaAlone: TrustPolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

/** ARN of the function's own role. */
export function hubRoleOf({ roleArn = `arn:aws:iam::${SANDBOX_ACCOUNT}:role/${functionName}` }: ScalePlaces): string {
  return roleArn;
}

/** The function's own role and the one that it assumes for the other cluster. */
export function rolesOf({ places, policies, spokeTrust }: ScaleWorldOptions): Readonly<Record<string, SandboxRole>> {
  const { roleArn, externalId } = places.spoke;
  return {
    [hubRoleOf(places)]: { trust: lambdaAlone, policies: policies.hub },
    [roleArn]: { ...(spokeTrust ? { trust: spokeTrust } : { externalId }), policies: policies.spoke },
  };
}

/** The keys that Lambda puts into the environment of a function: a session of its role, named after the function. */
export function sessionKeys({ openSession }: AwsSandbox, places: ScalePlaces): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = openSession({
    roleArn: hubRoleOf(places),
    sessionName: functionName,
    expiresAt: Date.now() + SESSION_MS,
  });
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
}
