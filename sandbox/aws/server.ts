import type { KeyObject } from 'node:crypto';
import { devNull } from 'node:os';
import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import { codedeployFront, type LifecycleHook } from './codedeploy.ts';
import { codepipelineFront } from './codepipeline.ts';
import type { PipelineJob } from './codepipeline-jobs.ts';
import { dispatchRequest } from './dispatch.ts';
import type { Item } from './dynamodb/attribute-value.ts';
import { dynamodbFront } from './dynamodb/front.ts';
import { Table } from './dynamodb/table.ts';
import { ecrFront } from './ecr.ts';
import { eksFront, type SandboxCluster, type SandboxClusters } from './eks.ts';
import { type FaultInjection, faultInjection } from './fault-injection.ts';
import { listen, stop } from './http.ts';
import type { PolicyDocument } from './iam/policy-document.ts';
import type { IdentityLookup } from './identities.ts';
import { rolesOf, type SandboxCredentials, type SandboxRole, userOf } from './principals.ts';
import type { AwsLogEntry } from './request-log.ts';
import { s3Front } from './s3.ts';
import type { Bucket, StoredObject } from './s3-bucket.ts';
import { type SandboxSecret, type SandboxSecrets, secretOf, secretsManagerFront } from './secrets-manager.ts';
import { type OpenSession, sessionOpener } from './sessions.ts';
import { ssmFront } from './ssm.ts';
import { type Parameter, type ParameterType, putParameter } from './ssm-parameters.ts';
import { openSts, stsFront } from './sts.ts';

export interface SandboxBucket {
  readonly name: string;
  /** The sandbox's region unless told; asked from another region it answers 301. */
  readonly region?: string;
}

export interface SandboxParameter {
  readonly value: string;
  /** @default String */
  readonly type?: ParameterType;
}

export interface AwsSandboxOptions {
  /** A free port unless told. */
  readonly port?: number;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** @default eu-central-1 */
  readonly region?: string;
  /** Whose signatures are known from the start. */
  readonly credentials?: SandboxCredentials;
  /** What the holder of `credentials` may do, as identity-based policies of IAM; everything unless told. */
  readonly policies?: readonly PolicyDocument[];
  /** The organisation of all accounts, for `aws:ResourceOrgID`. @default o-sandbox00 */
  readonly organization?: string;
  readonly clusters?: SandboxClusters;
  readonly parameters?: Readonly<Record<string, string | SandboxParameter>>;
  readonly buckets?: readonly (string | SandboxBucket)[];
  /** Tables of DynamoDB, all with the keys `pk` and `sk`. */
  readonly tables?: readonly string[];
  /** Items per page of a query. @default 1000 */
  readonly queryPageSize?: number;
  /** Secrets of Secrets Manager, by name. */
  readonly secrets?: SandboxSecrets;
  /** What GetAuthorizationToken gives for the registry of the account. @default sandbox-registry-password */
  readonly registryPassword?: string;
  /** By ARN. A role with a trust policy may be assumed by whom it trusts, any other by every known identity that has its external id. */
  readonly roles?: Readonly<Record<string, SandboxRole>>;
  /** Public keys of the identity providers whose tokens roles may trust, by issuer. */
  readonly oidcProviders?: Readonly<Record<string, KeyObject>>;
  /** Keys per page of ListObjectsV2. @default 1000 */
  readonly listPageSize?: number;
  readonly clock?: Pick<Clock, 'now'>;
}

export interface AwsSandbox {
  /** `http://127.0.0.1:port`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: SandboxCredentials;
  readonly faults: FaultInjection;
  /** Every request so far, in the order of the answers. */
  readonly requests: readonly AwsLogEntry[];
  /** Who signs with an access key, sessions of assumed roles included: for the verification of cluster tokens. */
  readonly identityOf: IdentityLookup;
  /** Keys for a role as AWS hands them to an instance, a container or a person, who assume nothing themselves. */
  readonly openSession: OpenSession;
  /** May be called while the sandbox runs. */
  setCluster(name: string, cluster: SandboxCluster): void;
  setParameter(name: string, parameter: SandboxParameter): void;
  setSecret(name: string, secret: string | SandboxSecret): void;
  /** A job of CodePipeline that waits for its answer. */
  addPipelineJob(id: string): void;
  /** What became of it. */
  pipelineJob(id: string): PipelineJob | undefined;
  /** A deployment of CodeDeploy that waits for a hook. */
  addLifecycleHook(hook: LifecycleHook): void;
  lifecycleHook(executionId: string): LifecycleHook | undefined;
  /** Writes an item as somebody else's program would. */
  putItem(table: string, item: Item): void;
  /** What a table holds, without a request; `undefined` for a table that does not exist. */
  itemsIn(table: string): readonly Item[] | undefined;
  /** What a bucket holds, without a request; `undefined` for a bucket that does not exist. */
  objectsIn(bucket: string): ReadonlyMap<string, StoredObject> | undefined;
  /** What a child process needs to take the sandbox for AWS, whatever profile its user has. */
  env(): Record<string, string>;
  close(): Promise<void>;
}

const defaultCredentials: SandboxCredentials = {
  accessKeyId: 'AKIASANDBOX000000000',
  secretAccessKey: 'sandbox-secret-key-that-opens-nothing-else',
};

function bucketsOf(buckets: AwsSandboxOptions['buckets'], region: string): Map<string, Bucket> {
  const named = (buckets ?? []).map((bucket) => (typeof bucket === 'string' ? { name: bucket } : bucket));
  return new Map(named.map((bucket) => [bucket.name, { region, ...bucket, objects: new Map() }]));
}

function environment(endpoint: string, region: string, credentials: SandboxCredentials): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // Said even when there is none: one that the shell had belongs to other keys.
    AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    // The user's own files and profile must not get a word in, and nobody should wait for an instance's metadata.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_PROFILE: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/**
 * The embedded AWS endpoint: S3, SSM parameters, STS, EKS, DynamoDB, Secrets Manager, ECR's tokens and the results of CodePipeline and CodeDeploy on one plain-HTTP port, strict where AWS is strict. Every signature is verified; the
 * service is the one that the signature names. Policies, where they are given, are enforced as IAM does. State lives in memory and ends with `close`.
 */
export async function startAwsSandbox(options: AwsSandboxOptions = {}): Promise<AwsSandbox> {
  const { host = '127.0.0.1', region = 'eu-central-1', credentials = defaultCredentials, clock = systemClock } = options;
  const { organization = 'o-sandbox00' } = options;
  const now = (): number => clock.now();
  const identities = new Map([[credentials.accessKeyId, userOf(credentials, options.policies)]]);
  const buckets = bucketsOf(options.buckets, region);
  const clusters = new Map(Object.entries(options.clusters ?? {}));
  const parameters = new Map<string, Parameter>();
  const tables = new Map((options.tables ?? []).map((name) => [name, new Table()]));
  const secrets = new Map(Object.entries(options.secrets ?? {}).map(([name, secret]) => [name, secretOf(secret)]));
  const jobs = new Map<string, PipelineJob>();
  const hooks = new Map<string, LifecycleHook>();
  const requests: AwsLogEntry[] = [];
  const faults = faultInjection();

  const setParameter = (name: string, { value, type = 'String' }: SandboxParameter): void => {
    putParameter(parameters, { Name: name, Value: value, Type: type, Overwrite: true }, now());
  };
  for (const [name, parameter] of Object.entries(options.parameters ?? {})) {
    setParameter(name, typeof parameter === 'string' ? { value: parameter } : parameter);
  }

  const identityOf: IdentityLookup = (accessKeyId) => identities.get(accessKeyId);
  const roles = rolesOf(options.roles);
  const openSession = sessionOpener(roles, (identity) => void identities.set(identity.accessKeyId, identity));
  const fronts = {
    s3: s3Front({ buckets, pageSize: options.listPageSize ?? 1000, now }),
    ssm: ssmFront({ parameters, now }),
    sts: stsFront({ roles, openSession, organization, now }),
    eks: eksFront(clusters),
    dynamodb: dynamodbFront({ tables, pageSize: options.queryPageSize ?? 1000 }),
    secretsmanager: secretsManagerFront(secrets),
    ecr: ecrFront({ password: options.registryPassword ?? 'sandbox-registry-password', now }),
    codepipeline: codepipelineFront(jobs),
    codedeploy: codedeployFront(hooks),
  };
  const dispatch = {
    fronts,
    openSts: openSts({ roles, oidcProviders: new Map(Object.entries(options.oidcProviders ?? {})), openSession, now }),
    lookup: identityOf,
    organization,
    faults,
    now,
    log: (entry: AwsLogEntry) => requests.push(entry),
  };
  const { server, port } = await listen({ host, port: options.port ?? 0, now, answer: (request) => dispatchRequest(dispatch, request) });
  const endpoint = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

  return {
    endpoint,
    region,
    credentials,
    faults,
    requests,
    identityOf,
    openSession,
    setCluster: (name, cluster) => void clusters.set(name, cluster),
    setParameter,
    setSecret: (name, secret) => void secrets.set(name, secretOf(secret)),
    addPipelineJob: (id) => void jobs.set(id, { id, status: 'in-progress' }),
    pipelineJob: (id) => jobs.get(id),
    addLifecycleHook: (hook) => void hooks.set(hook.executionId, hook),
    lifecycleHook: (executionId) => hooks.get(executionId),
    putItem: (table, item) => void tables.get(table)?.put(item),
    itemsIn: (table) => tables.get(table)?.items(),
    objectsIn: (bucket) => buckets.get(bucket)?.objects,
    env: () => environment(endpoint, region, credentials),
    close: () => stop(server),
  };
}
