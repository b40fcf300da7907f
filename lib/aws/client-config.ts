import { assumeRole } from './assume-role.ts';
import type { AwsCredentialProvider } from './credentials.ts';
import { type AwsTimeouts, type RequestLimits, requestLimits } from './request-limits.ts';
import type { AwsTarget } from './target.ts';

export interface AwsClientConfig extends RequestLimits {
  readonly region: string;
  readonly credentials?: AwsCredentialProvider;
}

/**
 * Constructor options shared by all AWS clients. The endpoint is left to the SDK, which honours AWS_ENDPOINT_URL and its per-service forms;
 * without a role so are the credentials.
 */
export function clientConfig(target: AwsTarget, timeouts: AwsTimeouts = {}): AwsClientConfig {
  return {
    region: target.region,
    ...requestLimits(timeouts),
    ...(target.role ? { credentials: assumeRole(target.role, { region: target.region }) } : {}),
  };
}
