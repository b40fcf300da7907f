import type { RequestContext } from './iam/conditions.ts';
import type { Identity } from './identities.ts';

export const AWS_SERVICES = ['s3', 'ssm', 'sts', 'eks', 'dynamodb', 'secretsmanager', 'codepipeline', 'codedeploy', 'ecr'] as const;

/** By the names that signatures are made for. */
export type AwsService = (typeof AWS_SERVICES)[number];

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

/** What IAM is asked before something is done. */
export interface Permission {
  /** As the service authorisation reference names it: `s3:ListBucket`. */
  readonly action: string;
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string;
  /** Condition keys of this request, beside those that every request has. */
  readonly context?: RequestContext;
}

/** Asks IAM for something that shows to be needed only while the work is done. @throws AwsFault when it is refused */
export type Demand = (permission: Permission) => void;

/** What a request asks for, known before anything is done about it: faults and the log go by it. */
export interface Operation {
  /** As IAM names it: `PutObject`, `DescribeCluster`. */
  readonly name: string;
  /** `bucket/key`, a parameter name, a cluster name, a role ARN. */
  readonly resource: string;
  /** All of them are needed; none for what anybody may ask. */
  readonly permissions: readonly Permission[];
  /** Does it; throws {@link AwsFault}. */
  readonly apply: (demand: Demand) => AwsResponse;
}

/** One service's front: how it reads requests and how it words errors. */
export interface ServiceFront {
  readonly parse: (request: AwsRequest) => Operation;
  readonly fail: (code: string, message: string, status: number, details: ErrorDetails) => AwsResponse;
}

/** A request that carries no signature at all; what it holds has to prove who sends it. */
export type UnsignedRequest = Pick<AwsRequest, 'method' | 'body'>;

/** Reads a request that may come without a signature; `undefined` for one that may not. */
export type OpenFront = (request: UnsignedRequest) => Operation | undefined;

export interface ErrorDetails {
  readonly requestId: string;
  readonly resource: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly head: boolean;
}
