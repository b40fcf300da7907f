import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KubernetesObject } from '@kubernetes/client-node';
import { vi } from 'vitest';
import {
  POLICY_PARAMETER_VARIABLE,
  RECORDS_TABLE_VARIABLE,
  STATE_BUCKET_VARIABLE,
  URL_TOKEN_PARAMETER_VARIABLE,
} from '../../../functions/post-deploy-smoke/config.ts';
import { recordsTable } from '../../../lib/aws/records/records-table.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../../../lib/platform/environment-names.ts';
import { releases } from '../../../lib/records/releases.ts';
import type { Item } from '../../../sandbox/aws/dynamodb/attribute-value.ts';
import type { PolicyDocument, TrustPolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import type { AccessQuestion } from '../../../sandbox/aws/iam/statement.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { verifyEksToken } from '../../../sandbox/aws/verify-eks-token.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { type EcrRegistry, startEcrRegistry } from '../ecr-registry.ts';
import { type HttpReceiver, httpReceiver } from '../http-receiver.ts';
import { roleManifest } from '../manifest.ts';
import { freshSmokeFunction, type InvokeSmoke } from './fresh-smoke-function.ts';

/** The names of a deployment: one cluster of the function's own account, one that is entered by a role. */
export interface SmokePlaces {
  readonly roleArn: string;
  readonly cluster: string;
  readonly stateBucket: string;
  readonly recordsTable: string;
  readonly policyParameter: string;
  readonly slackParameter: string;
  readonly tokenParameter: string;
  readonly spoke: { readonly cluster: string; readonly roleArn: string };
}

export interface SmokeWorldOptions {
  readonly places: SmokePlaces;
  /** Of the function's own role, and of the role that it assumes for the other cluster. */
  readonly policies: { readonly hub: readonly PolicyDocument[]; readonly spoke: readonly PolicyDocument[] };
  readonly spokeTrust: TrustPolicyDocument;
  /** Values of SSM parameters by name: the documents of the deployment. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type SmokeCalls = Readonly<Record<'hub' | 'spoke', readonly AccessQuestion[]>>;

const functionName = 'nightshift-dev-post-deploy-smoke';
const SESSION_MS = 12 * 3_600_000;
const lambdaAlone: TrustPolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

export const DIGEST: string = `sha256:${'a1'.repeat(32)}`;
export const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
export const URL_TOKEN = 'shown-by-callers';
const TOKEN = 'token-of-the-shop';
const KEY = 'key-of-the-shop';
const REGISTRY_PASSWORD = 'password-of-the-registry';

/** Workloads by name: one that runs the release, one whose image has a tag alone, one that never gets ready. */
const IMAGES = { web: `${REGISTRY}/shop@${DIGEST}`, tagged: `${REGISTRY}/shop:2.4.1`, unready: `${REGISTRY}/shop:unready` } as const;

function deployment(name: string, image: string): KubernetesObject {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } };
  const spec = { replicas: 1, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'shop', name }, ...{ spec } };
}

/** Two clusters, the AWS endpoint under its policies, a shop that is proved, Slack, and the function as Lambda would have started it among them. */
export class SmokeWorld {
  readonly places: SmokePlaces;
  readonly aws: AwsSandbox;
  readonly clusters: readonly KubernetesSandbox[];
  readonly slack: HttpReceiver;
  readonly shop: HttpReceiver;
  readonly invoke: InvokeSmoke;
  readonly #registry: EcrRegistry;

  private constructor(parts: Pick<SmokeWorld, 'places' | 'aws' | 'clusters' | 'slack' | 'shop' | 'invoke'>, registry: EcrRegistry) {
    ({ places: this.places, aws: this.aws, clusters: this.clusters, slack: this.slack, shop: this.shop, invoke: this.invoke } = parts);
    this.#registry = registry;
  }

  static async start(options: SmokeWorldOptions): Promise<SmokeWorld> {
    const { places, policies, spokeTrust, parameters } = options;
    const aws = await startAwsSandbox({
      buckets: [places.stateBucket],
      tables: [places.recordsTable],
      registryPassword: REGISTRY_PASSWORD,
      secrets: { 'shop/api': JSON.stringify({ key: KEY }) },
      roles: {
        [places.roleArn]: { trust: lambdaAlone, policies: policies.hub },
        [places.spoke.roleArn]: { trust: spokeTrust, policies: policies.spoke },
      },
    });
    const clusters = [await startCluster(aws, places.cluster), await startCluster(aws, places.spoke.cluster)];
    const slack = await httpReceiver((response) => response.end('ok'));
    const shop = await httpReceiver((response, _, { headers }) => {
      response.statusCode = headers['x-token'] === TOKEN && headers['x-key'] === KEY ? 200 : 403;
      response.end('2.4.1');
    });
    for (const [name, value] of Object.entries({ ...parameters, '/shop/base': shop.url })) aws.setParameter(name, { value });
    const secrets = { '/shop/token': TOKEN, [places.tokenParameter]: URL_TOKEN, [places.slackParameter]: `${slack.url}/services/webhook` };
    for (const [name, value] of Object.entries(secrets)) aws.setParameter(name, { value, type: 'SecureString' });
    await recordRelease(aws, places);
    const env = environmentOf(aws, places);
    // The AWS SDK looks at the process, not at what the function is told.
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const registry = await startEcrRegistry(REGISTRY_PASSWORD);
    return new SmokeWorld({ places, aws, clusters, slack, shop, invoke: await freshSmokeFunction(env) }, registry);
  }

  /** Nothing broken; what was recorded and kept stays. */
  reset(): void {
    this.aws.faults.clear();
  }

  /** The keys in the state bucket that begin so. */
  keys(prefix: string): readonly string[] {
    return [...(this.aws.objectsIn(this.places.stateBucket)?.keys() ?? [])].filter((key) => key.startsWith(prefix)).sort();
  }

  /** The records whose `pk` begins so. */
  records(prefix: string): readonly Item[] {
    return (this.aws.itemsIn(this.places.recordsTable) ?? []).filter(
      ({ pk }) => pk !== undefined && 'S' in pk && String(pk.S).startsWith(prefix),
    );
  }

  calls(): SmokeCalls {
    const { requests, identityOf } = this.aws;
    const of = (roleArn: string): readonly AccessQuestion[] =>
      requests.filter(({ accessKeyId }) => identityOf(accessKeyId)?.roleArn === roleArn).flatMap(({ authorised }) => authorised);
    return { hub: of(this.places.roleArn), spoke: of(this.places.spoke.roleArn) };
  }

  async stop(): Promise<void> {
    vi.unstubAllEnvs();
    await Promise.all([
      this.#registry.close(),
      this.aws.close(),
      this.slack.close(),
      this.shop.close(),
      ...this.clusters.map((cluster) => cluster.close()),
    ]);
  }
}

/** Whoever signs in as a session that AWS knows may do there what the manifest for the function says. */
async function startCluster(aws: AwsSandbox, clusterName: string): Promise<KubernetesSandbox> {
  const { role, binding } = roleManifest('post-deploy-smoke');
  const kubernetes = await startKubernetesSandbox({
    objects: [...Object.entries(IMAGES).map(([name, image]) => deployment(name, image)), role, binding],
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName, lookup: aws.identityOf, now: Date.now() });
      return verdict.ok ? { user: verdict.arn, groups: binding.subjects?.map(({ name }) => name) ?? [] } : undefined;
    },
  });
  await kubernetes.settled();
  aws.setCluster(clusterName, { endpoint: kubernetes.url, caPem: kubernetes.caPem });
  return kubernetes;
}

async function recordRelease({ endpoint, credentials, region }: AwsSandbox, { recordsTable: table }: SmokePlaces): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const at = new Date().toISOString();
  await releases(recordsTable({ client, table, region })).add({
    app: 'shop',
    version: '2.4.1',
    digest: DIGEST,
    uri: `${REGISTRY}/shop:2.4.1`,
    metadata: {},
    status: 'released',
    at,
  });
}

function environmentOf(aws: AwsSandbox, places: SmokePlaces): Record<string, string> {
  const session = aws.openSession({ roleArn: places.roleArn, sessionName: functionName, expiresAt: Date.now() + SESSION_MS });
  return {
    ...aws.env(),
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken ?? '',
    NIGHTSHIFT_STAGE: 'dev',
    [POLICY_PARAMETER_VARIABLE]: places.policyParameter,
    [STATE_BUCKET_VARIABLE]: places.stateBucket,
    [RECORDS_TABLE_VARIABLE]: places.recordsTable,
    [URL_TOKEN_PARAMETER_VARIABLE]: places.tokenParameter,
    [SLACK_WEBHOOK_PARAMETER_VARIABLE]: places.slackParameter,
  };
}
