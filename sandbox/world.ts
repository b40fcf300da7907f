import type { KubernetesObject } from '@kubernetes/client-node';
import type { PolicyDocument } from './aws/iam/policy-document.ts';
import type { SandboxRole } from './aws/principals.ts';
import { type AwsSandbox, type AwsSandboxOptions, startAwsSandbox } from './aws/server.ts';
import { verifyEksToken } from './aws/verify-eks-token.ts';
import { clusterAccess, SCALE_GROUP } from './cluster-access.ts';
import { devCluster } from './dev-cluster/dev-cluster.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from './kubernetes/server.ts';

/** Names that the function finds in its environment and in its policy. */
export interface WorldNames {
  /** @default dev */
  readonly cluster: string;
  /** @default nightshift-state */
  readonly stateBucket: string;
  /** @default /nightshift/scale-dev-nightly */
  readonly policyParameter: string;
}

const defaultNames: WorldNames = { cluster: 'dev', stateBucket: 'nightshift-state', policyParameter: '/nightshift/scale-dev-nightly' };

/** About what Fargate takes in us-east-1, in dollars: the story can say what a night saves. */
const prices = { vcpuHour: 0.04, gibHour: 0.0045 };

export interface SandboxWorld {
  readonly kubernetes: KubernetesSandbox;
  readonly aws: AwsSandbox;
  readonly clusterName: string;
  readonly stateBucket: string;
  /** The environment that the deployed function would have, with the sandbox as AWS. */
  functionEnvironment(): Record<string, string>;
  close(): Promise<void>;
}

export interface SandboxWorldOptions {
  /** Of the API server; a free one unless told. */
  readonly port?: number;
  readonly awsPort?: number;
  readonly objects?: readonly KubernetesObject[];
  readonly names?: Partial<WorldNames>;
  /** The IAM policies of the function's identity; everything is allowed unless told. */
  readonly policies?: readonly PolicyDocument[];
  /** Roles that it may assume, by ARN. */
  readonly roles?: Readonly<Record<string, SandboxRole>>;
  /** Whose web identity tokens roles may trust. */
  readonly oidcProviders?: AwsSandboxOptions['oidcProviders'];
}

/**
 * The embedded world: an EKS cluster that checks the tokens its callers sign, and the AWS endpoint that knows it.
 * Inside the cluster the function's identity may do what its ClusterRole says and no more; on AWS, what its policies say.
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
  const { cluster: clusterName, stateBucket, policyParameter } = { ...defaultNames, ...names };
  const aws = await startAwsSandbox({ port: awsPort, buckets: [stateBucket], roles, oidcProviders, ...(policies && { policies }) });
  const kubernetes = await startKubernetesSandbox({
    port,
    name: clusterName,
    objects: [...objects, ...clusterAccess],
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName, lookup: aws.identityOf, now: Date.now() });
      return verdict.ok ? { user: verdict.arn, groups: [SCALE_GROUP] } : undefined;
    },
  });
  aws.setCluster(clusterName, { endpoint: kubernetes.url, caPem: kubernetes.caPem });
  aws.setParameter(policyParameter, { value: JSON.stringify({ version: 1, clusters: [{ via: 'eks', name: clusterName }], prices }) });
  return {
    kubernetes,
    aws,
    clusterName,
    stateBucket,
    functionEnvironment: () => ({ ...aws.env(), NIGHTSHIFT_POLICY_PARAMETER: policyParameter, NIGHTSHIFT_STATE_BUCKET: stateBucket }),
    close: async () => {
      await Promise.all([kubernetes.close(), aws.close()]);
    },
  };
}
