/** The numbers of every AWS client. `requestTimeoutMs` is per attempt, and fails the attempt instead of only logging a warning. */
export interface AwsTimeouts {
  /** @default 2000 */
  readonly connectionTimeoutMs?: number;
  /** @default 10000 */
  readonly requestTimeoutMs?: number;
  /** First try included. @default 3 */
  readonly maxAttempts?: number;
}

/** Constructor options of an AWS client. */
export interface RequestLimits {
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly socketTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

export function requestLimits({
  connectionTimeoutMs = 2_000,
  requestTimeoutMs = 10_000,
  maxAttempts = 3,
}: AwsTimeouts = {}): RequestLimits {
  return {
    maxAttempts,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // The request timeout ends with the headers; a body that stalls is cut off by this one.
      socketTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
}
