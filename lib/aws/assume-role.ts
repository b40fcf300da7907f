import type { STSClient } from '@aws-sdk/client-sts';

import { type Clock, systemClock } from '../platform/clock.ts';
import { awsError } from './aws-error.ts';
import type { AwsCredentialProvider, AwsCredentials } from './credentials.ts';
import { requestLimits } from './request-limits.ts';
import type { RoleToAssume } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** A Kubernetes token dies with the credentials that signed it, so that what is handed out must outlive a token's 15 minutes of life by being renewed well before. */
const RENEW_BEFORE_MS = 5 * 60_000;

export interface AssumeRoleOptions {
  readonly region: string;
  /** Credentials that assume the role; the default chain unless told. */
  readonly credentials?: AwsCredentialProvider;
  readonly clock?: Clock;
}

async function stsClient({ region, credentials }: AssumeRoleOptions): Promise<STSClient> {
  // 300 KB that a function in one account never needs: loaded only when a role is configured.
  const { STSClient } = await import('@aws-sdk/client-sts');
  return tellTraffic(new STSClient({ region, ...requestLimits(), ...(credentials ? { credentials } : {}) }));
}

async function assume(client: STSClient, role: RoleToAssume, region: string): Promise<AwsCredentials> {
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
  const call = { permission: 'sts:AssumeRole', resource: role.arn, region };
  try {
    const { Credentials } = await client.send(
      new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: role.sessionName ?? 'nightshift', ExternalId: role.externalId }),
    );
    if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) throw new Error('the answer held no credentials');
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      ...(Credentials.SessionToken ? { sessionToken: Credentials.SessionToken } : {}),
      ...(Credentials.Expiration ? { expiration: Credentials.Expiration } : {}),
    };
  } catch (error) {
    throw awsError(error, call);
  }
}

/**
 * Credentials of a role, for any AWS client and for signing cluster tokens. Calls that arrive together share one AssumeRole; the session is renewed five minutes
 * before it ends, by the clock at the time of use (a frozen Lambda sandbox may thaw hours later). A failure is not remembered.
 * @throws AwsError that names the role
 */
export function assumeRole(role: RoleToAssume, options: AssumeRoleOptions): AwsCredentialProvider {
  const clock = options.clock ?? systemClock;
  let client: Promise<STSClient> | undefined;
  let current: AwsCredentials | undefined;
  let pending: Promise<AwsCredentials> | undefined;

  const renew = async (): Promise<AwsCredentials> => {
    client ??= stsClient(options);
    current = await assume(await client, role, options.region);
    return current;
  };

  return async () => {
    const left = (current?.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - clock.now();
    if (current && left > RENEW_BEFORE_MS) return current;
    pending ??= renew().finally(() => {
      pending = undefined;
    });
    return pending;
  };
}
