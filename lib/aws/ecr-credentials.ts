import type { ECRClient } from '@aws-sdk/client-ecr';
import { type Clock, systemClock } from '../platform/clock.ts';
import { Secret } from '../platform/secret.ts';
import type { RegistryCredentials, RegistryLogin } from '../registry/credentials.ts';
import { awsError } from './aws-error.ts';

/** For one call, all attempts of the SDK together. */
const TOTAL_TIMEOUT_MS = 15_000;
/** A password is good for twelve hours. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** `<account>.dkr.ecr.<region>.amazonaws.com`, its FIPS and dual-stack forms, and those of other partitions. */
const REGISTRY =
  /^\d{12}\.dkr(?:[.-])ecr(?:-fips)?\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn|sc2s\.sgov\.gov|c2s\.ic\.gov)$/;

/** The region of an ECR registry; `undefined` for any other registry. */
export function ecrRegion(registry: string): string | undefined {
  return REGISTRY.exec(registry)?.[1];
}

export interface EcrCredentialsOptions {
  /** The region's client; that of the process unless told. It is loaded with the first registry of ECR that is asked about. */
  readonly client?: (region: string) => ECRClient;
  readonly clock?: Pick<Clock, 'now'>;
}

interface Login {
  readonly login: RegistryLogin;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/**
 * Logs in to registries of ECR, of any account that the credentials of the process may read. Passwords are kept until shortly before they end.
 * Needs ecr:GetAuthorizationToken, which knows no resources, and on the repository ecr:BatchGetImage.
 * @throws AwsError
 */
export function ecrCredentials({ client, clock = systemClock }: EcrCredentialsOptions = {}): RegistryCredentials {
  const known = new Map<string, Login>();
  return async (registry, signal) => {
    const region = ecrRegion(registry);
    if (region === undefined) return undefined;
    const kept = known.get(region);
    if (kept && kept.expires - clock.now() > RENEW_BEFORE_MS) return kept.login;
    const fresh = await logIn(region, client, signal);
    known.set(region, fresh);
    return fresh.login;
  };
}

async function logIn(region: string, client: EcrCredentialsOptions['client'], signal: AbortSignal | undefined): Promise<Login> {
  const limit = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  try {
    const { GetAuthorizationTokenCommand } = await import('@aws-sdk/client-ecr');
    const ecr = client?.(region) ?? (await import('./ecr-client.ts')).ecrClient({ region });
    const answer = await ecr.send(new GetAuthorizationTokenCommand({}), { abortSignal: signal ? AbortSignal.any([signal, limit]) : limit });
    const [data] = answer.authorizationData ?? [];
    const [username = '', ...password] = Buffer.from(data?.authorizationToken ?? '', 'base64')
      .toString()
      .split(':');
    if (password.length === 0) throw new Error('the answer held no token');
    return { login: { username, password: new Secret(password.join(':')) }, expires: data?.expiresAt?.getTime() ?? 0 };
  } catch (error) {
    throw awsError(error, { permission: 'ecr:GetAuthorizationToken', resource: '*', region }, signal);
  }
}
