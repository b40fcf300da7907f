import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { assumeRole } from './assume-role.ts';
import { awsError, hintFor } from './aws-error.ts';
import { type CredentialSource, credentialSource, soughtSource } from './credential-source.ts';
import type { AwsCredentialProvider, AwsCredentials } from './credentials.ts';
import { type AwsFailure, failureOf } from './failure.ts';
import { IdentityError } from './identity-error.ts';
import { assertProfile } from './profiles.ts';
import { requestLimits } from './request-limits.ts';
import { sourceHint, sourceText } from './source-text.ts';
import type { RoleToAssume } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** Who AWS takes this process for, and by which credentials. No key and no token is in it. */
export interface AwsIdentity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  /** Where the credentials came from; with a role, those that assumed it. */
  readonly source: CredentialSource;
  /** ISO 8601; long-term keys have no end. */
  readonly expires?: string;
}

export interface IdentityQuestion {
  readonly region: string;
  readonly role?: RoleToAssume;
  /** What led the SDK's chain: the environment of this process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks STS who the credentials of the default chain (or of a role that they assume) belong to; no permission is needed for that.
 * @throws IdentityError when there are none, or AWS does not take them; BadInputError for a profile that is not there; AwsError for anything else
 */
export async function awsIdentity({ region, role, env, signal }: IdentityQuestion): Promise<AwsIdentity> {
  if (env.AWS_PROFILE) await assertProfile(env.AWS_PROFILE);
  const client = stsClient(region);
  const own = await ownCredentials(() => client.config.credentials(), env, region);
  const source = credentialSource(own, env);
  const assumed = role && assumeRole(role, { region, credentials: async () => own });
  const credentials = assumed ? await assumed() : own;
  const { expiration } = credentials;
  const known = await callerIdentity(assumed ? stsClient(region, assumed) : client, { source, region, signal });
  return { ...known, source, ...(expiration && { expires: expiration.toISOString() }) };
}

function stsClient(region: string, credentials?: AwsCredentialProvider): STSClient {
  return tellTraffic(new STSClient({ region, ...requestLimits(), ...(credentials && { credentials }) }));
}

/** @throws IdentityError */
async function ownCredentials(provider: AwsCredentialProvider, env: IdentityQuestion['env'], region: string): Promise<AwsCredentials> {
  try {
    return await provider();
  } catch (error) {
    const failure = failureOf(error);
    const sought = soughtSource(env);
    throw new IdentityError(`no AWS credentials could be had ${soughtText(sought)}: ${whyNone(failure)}`, {
      cause: error,
      hint: ownHint(failure, region) ?? sourceHint(sought),
    });
  }
}

function soughtText(sought: CredentialSource | undefined): string {
  if (sought === undefined) return 'anywhere';
  return sought.kind === 'profile' ? `from profile ${sought.profile}` : `from ${sourceText(sought)}`;
}

/** The providers' one class for everything says nothing to anybody, and what a program printed is in their words. */
function whyNone({ name, signIn }: AwsFailure): string {
  if (signIn) return 'nobody is signed in, or no longer';
  return name === 'CredentialsProviderError' ? 'none are there, or what gives them failed' : name;
}

/** What the failure itself says better than where it happened. */
function ownHint(failure: AwsFailure, region: string): string | undefined {
  const { permission = 'sts:GetCallerIdentity', resource } = failure.denied ?? {};
  if (failure.signIn) return hintFor(failure, { permission, resource: '*', region });
  return resource === undefined ? undefined : hintFor(failure, { permission, resource, region });
}

interface Asked {
  readonly source: CredentialSource;
  readonly region: string;
  readonly signal: AbortSignal | undefined;
}

async function callerIdentity(
  client: STSClient,
  { source, region, signal }: Asked,
): Promise<Pick<AwsIdentity, 'account' | 'arn' | 'userId'>> {
  try {
    const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}), signal ? { abortSignal: signal } : {});
    return { account: Account ?? '', arn: Arn ?? '', userId: UserId ?? '' };
  } catch (error) {
    const failure = failureOf(error);
    if (signal?.aborted || failure.kind !== 'bad-credentials' || failure.name === 'RequestTimeTooSkewed')
      throw awsError(error, { permission: 'sts:GetCallerIdentity', resource: '*', region }, signal);
    throw new IdentityError(`AWS does not accept the credentials from ${sourceText(source)}: ${failure.name}`, {
      cause: error,
      hint: sourceHint(source),
    });
  }
}
