import type { Identity } from './identities.ts';

export type AwsService = 's3' | 'ssm' | 'sts' | 'eks';

/** A request whose signature has been verified. */
export interface AwsRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded from aws-chunked where it was. */
  readonly body: Buffer;
  readonly identity: Identity;
  /** Of the credential scope. */
  readonly region: string;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What a request asks for, known before anything is done about it: faults and the log go by it. */
export interface Operation {
  /** As IAM names it: `PutObject`, `DescribeCluster`. */
  readonly name: string;
  /** `bucket/key`, a parameter name, a cluster name, a role ARN. */
  readonly resource: string;
  /** Does it; throws {@link AwsFault}. */
  readonly apply: () => AwsResponse;
}

/** One service's front: how it reads requests and how it words errors. */
export interface ServiceFront {
  readonly parse: (request: AwsRequest) => Operation;
  readonly fail: (code: string, message: string, status: number, details: ErrorDetails) => AwsResponse;
}

export interface ErrorDetails {
  readonly requestId: string;
  readonly resource: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly head: boolean;
}
