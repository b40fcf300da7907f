import type { AwsCredentialProvider } from './credentials.ts';
import { ssmClient } from './ssm-client.ts';

/** The credentials of this process, as the SDK's chain finds and renews them: those that a client of any service would use. */
export function processCredentials(region: string): AwsCredentialProvider {
  return async () => ssmClient({ region }).config.credentials();
}
