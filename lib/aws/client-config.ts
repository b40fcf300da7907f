import { assumeRole } from './assume-role.ts';
import type { AwsCredentialProvider } from './credentials.ts';
import type { AwsTarget } from './target.ts';

/** The numbers of every AWS client. `requestTimeoutMs` is per attempt, and fails the attempt instead of only logging a warning. */
export interface AwsTimeouts {
  /** @default 2000 */
  readonly connectionTimeoutMs?: number;
  /** @default 10000 */
  readonly requestTimeoutMs?: number;
  /** First try included. @default 3 */
  readonly maxAttempts?: number;
}

export interface AwsClientConfig {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly socketTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
  readonly credentials?: AwsCredentialProvider;
}

/**
 * Constructor options shared by all AWS clients. The endpoint is left to the SDK, which honours AWS_ENDPOINT_URL and its per-service forms;
 * without a role so are the credentials.
 */
export function clientConfig(target: AwsTarget, timeouts: AwsTimeouts = {}): AwsClientConfig {
  const requestTimeout = timeouts.requestTimeoutMs ?? 10_000;
  return {
    region: target.region,
    maxAttempts: timeouts.maxAttempts ?? 3,
    requestHandler: {
      connectionTimeout: timeouts.connectionTimeoutMs ?? 2_000,
      requestTimeout,
      // The request timeout ends with the headers; a body that stalls is cut off by this one.
      socketTimeout: requestTimeout,
      throwOnRequestTimeout: true,
    },
    ...(target.role ? { credentials: assumeRole(target.role, { region: target.region }) } : {}),
  };
}
