import type { KubernetesObject } from '@kubernetes/client-node';
import type { PolicyDocument } from './aws/iam/policy-document.ts';
import type { SandboxRole } from './aws/principals.ts';
import { type AwsSandbox, type AwsSandboxOptions, startAwsSandbox } from './aws/server.ts';
import { verifyEksToken } from './aws/verify-eks-token.ts';
import { SCALE_GROUP, SMOKE_GROUP, scaleAccess, smokeAccess } from './cluster-access.ts';
import { devCluster } from './dev-cluster/dev-cluster.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from './kubernetes/server.ts';
import { smokePolicy } from './storefront/policy.ts';
import { type StorefrontServer, startStorefrontServer } from './storefront/server.ts';

export type FunctionName = 'scale-dev-nightly' | 'post-deploy-smoke';

/** Names that the functions find in their environments and in their policies. */
export interface WorldNames {
  /** @default dev */
  readonly cluster: string;
  /** @default nightshift-state */
  readonly stateBucket: string;
  /** @default nightshift-records */
  readonly recordsTable: string;
  /** @default /nightshift/scale-dev-nightly */
  readonly policyParameter: string;
  /** @default /nightshift/post-deploy-smoke */
  readonly smokePolicyParameter: string;
}

const defaultNames: WorldNames = {
  cluster: 'dev',
  stateBucket: 'nightshift-state',
  recordsTable: 'nightshift-records',
  policyParameter: '/nightshift/scale-dev-nightly',
  smokePolicyParameter: '/nightshift/post-deploy-smoke',
};

/** The role of post-deploy-smoke. What its sessions may do is in `roles`; everything unless told. */
export const SMOKE_ROLE = 'arn:aws:iam::000000000000:role/post-deploy-smoke';
/** Longer than any sandbox runs. */
const YEAR_MS = 365 * 24 * 3_600_000;

/** About what Fargate takes in us-east-1, in dollars: the story can say what a night saves. */
const prices = { vcpuHour: 0.04, gibHour: 0.0045 };

export interface SandboxWorld {
  readonly kubernetes: KubernetesSandbox;
  readonly aws: AwsSandbox;
  readonly clusterName: string;
  readonly stateBucket: string;
  readonly recordsTable: string;
  /** What the pods of shop/storefront answer with. */
  readonly storefront: StorefrontServer;
  /** The environment that the deployed function would have, with the sandbox as AWS. @default scale-dev-nightly */
  functionEnvironment(name?: FunctionName): Record<string, string>;
  close(): Promise<void>;
}

export interface SandboxWorldOptions {
  /** Of the API server; a free one unless told. */
  readonly port?: number;
  readonly awsPort?: number;
  readonly objects?: readonly KubernetesObject[];
  readonly names?: Partial<WorldNames>;
  /** The IAM policies of the identity of scale-dev-nightly; everything is allowed unless told. */
  readonly policies?: readonly PolicyDocument[];
  /** Roles that it may assume, by ARN. */
  readonly roles?: Readonly<Record<string, SandboxRole>>;
  /** Whose web identity tokens roles may trust. */
  readonly oidcProviders?: AwsSandboxOptions['oidcProviders'];
}

/**
 * The embedded world: an EKS cluster that checks the tokens its callers sign, and the AWS endpoint that knows it.
 * Inside the cluster a function's identity may do what its ClusterRole says and no more; on AWS, what its policies say.
 */
export async function startSandboxWorld({
  port = 0,
  awsPort = 0,
  objects = devCluster(),
  names,
  policies,
  roles = {},
  oidcProviders = {},
}: SandboxWorldOptions = {}): Promise<SandboxWorld> {
  const { cluster: clusterName, ...named } = { ...defaultNames, ...names };
  const { stateBucket, recordsTable, policyParameter, smokePolicyParameter } = named;
  const aws = await startAwsSandbox({
    ...{ port: awsPort, buckets: [stateBucket], tables: [recordsTable], roles, oidcProviders },
    ...(policies && { policies }),
  });
  const kubernetes = await startKubernetesSandbox({
    port,
    name: clusterName,
    objects: [...objects, ...scaleAccess, ...smokeAccess],
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName, lookup: aws.identityOf, now: Date.now() });
      return verdict.ok ? { user: verdict.arn, groups: [groupOf(verdict.arn)] } : undefined;
    },
  });
  const storefront = await startStorefrontServer(() => kubernetes.snapshot());
  aws.setCluster(clusterName, { endpoint: kubernetes.url, caPem: kubernetes.caPem });
  aws.setParameter(policyParameter, { value: JSON.stringify({ version: 1, clusters: [{ via: 'eks', name: clusterName }], prices }) });
  aws.setParameter(smokePolicyParameter, { value: JSON.stringify(smokePolicy(clusterName, storefront.url)) });
  const environments: Readonly<Record<FunctionName, () => Record<string, string>>> = {
    'scale-dev-nightly': () => ({ ...aws.env(), NIGHTSHIFT_POLICY_PARAMETER: policyParameter, NIGHTSHIFT_STATE_BUCKET: stateBucket }),
    'post-deploy-smoke': () => ({
      ...aws.env(),
      ...smokeKeys(aws),
      NIGHTSHIFT_POLICY_PARAMETER: smokePolicyParameter,
      NIGHTSHIFT_STATE_BUCKET: stateBucket,
      NIGHTSHIFT_RECORDS_TABLE: recordsTable,
      NIGHTSHIFT_STAGE: 'dev',
    }),
  };
  return {
    ...{ kubernetes, aws, clusterName, stateBucket, recordsTable, storefront },
    functionEnvironment: (name = 'scale-dev-nightly') => environments[name](),
    close: async () => {
      await Promise.all([kubernetes.close(), aws.close(), storefront.close()]);
    },
  };
}

/** What the access entries of EKS say. */
function groupOf(arn: string): string {
  return arn.includes(':assumed-role/post-deploy-smoke/') ? SMOKE_GROUP : SCALE_GROUP;
}

/** Lambda hands a function the keys of its role. */
function smokeKeys({ openSession }: AwsSandbox): Record<string, string> {
  const keys = openSession({ roleArn: SMOKE_ROLE, sessionName: 'post-deploy-smoke', expiresAt: Date.now() + YEAR_MS });
  return { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey, AWS_SESSION_TOKEN: keys.sessionToken };
}
