import type { KubernetesObject, V1ClusterRole, V1ClusterRoleBinding } from '@kubernetes/client-node';
import { type AwsSandbox, startAwsSandbox } from './aws/server.ts';
import { verifyEksToken } from './aws/verify-eks-token.ts';
import { devCluster } from './dev-cluster/dev-cluster.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from './kubernetes/server.ts';

/** Names that the sandbox's function finds in its environment. */
const clusterName = 'dev';
const stateBucket = 'nightshift-state';
const policyParameter = '/nightshift/scale-dev-nightly';
const group = 'nightshift';

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
}

/**
 * The embedded world: an EKS cluster called `dev` that checks the tokens its callers sign, and the AWS endpoint that knows it.
 * The function's identity may do what its ClusterRole says and no more.
 */
export async function startSandboxWorld({
  port = 0,
  awsPort = 0,
  objects = devCluster(),
}: SandboxWorldOptions = {}): Promise<SandboxWorld> {
  const aws = await startAwsSandbox({ port: awsPort, buckets: [stateBucket] });
  const kubernetes = await startKubernetesSandbox({
    port,
    name: clusterName,
    objects: [...objects, ...accessObjects],
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName, lookup: aws.identityOf, now: Date.now() });
      return verdict.ok ? { user: verdict.arn, groups: [group] } : undefined;
    },
  });
  aws.setCluster(clusterName, { endpoint: kubernetes.url, caPem: kubernetes.caPem });
  aws.setParameter(policyParameter, { value: JSON.stringify({ version: 1, clusters: [{ via: 'eks', name: clusterName }] }) });
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

const role: V1ClusterRole = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: group },
  rules: [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['get', 'list', 'patch'] },
    { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['get', 'list', 'patch'] },
    { apiGroups: [''], resources: ['events'], verbs: ['create'] },
  ],
};

const binding: V1ClusterRoleBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: group },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: group },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
};

const accessObjects: readonly KubernetesObject[] = [role, binding];
