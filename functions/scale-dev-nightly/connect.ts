import type { AwsCredentialProvider } from '../../lib/aws/credentials.ts';
import type { RoleToAssume } from '../../lib/aws/target.ts';
import type { KubernetesClient } from '../../lib/kubernetes/client.ts';
import type { Connection } from '../../lib/kubernetes/connection.ts';
import { createKubernetesClient } from '../../lib/kubernetes/resource-client.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { RunContext } from '../../lib/platform/job-definition.ts';
import type { StateStore } from '../../lib/platform/state-store.ts';
import type { ClusterTarget, ScaleConfig } from './config.ts';

/**
 * Ways to a cluster are loaded when one is used: a function on EKS reads no kubeconfig, the CLI on a kubeconfig loads no AWS SDK.
 * EKS connections outlive a run, so that a warm function keeps its cluster's address and token.
 */
const eksConnections = new Map<string, Promise<Connection>>();

export async function openCluster(target: ClusterTarget, context: RunContext, concurrency: number): Promise<KubernetesClient> {
  return createKubernetesClient({
    cluster: target.name,
    connection: await connectionOf(target, context),
    clock: context.clock,
    maxSockets: concurrency,
    remainingMs: () => context.deadline.remainingMs(),
  });
}

async function connectionOf(target: ClusterTarget, { clock, log }: RunContext): Promise<Connection> {
  switch (target.via) {
    case 'eks': {
      const key = JSON.stringify(target);
      const known = eksConnections.get(key) ?? eksConnection(target, clock);
      eksConnections.set(key, known);
      return known;
    }
    case 'kubeconfig': {
      const { connectKubeconfig } = await import('../../lib/kubernetes/kubeconfig-connection.ts');
      return connectKubeconfig({ env: process.env, clock, file: target.path, context: target.context, log });
    }
    case 'in-cluster': {
      const { inClusterConnection } = await import('../../lib/kubernetes/in-cluster-connection.ts');
      return inClusterConnection({ env: process.env, clock });
    }
    default:
      return target satisfies never;
  }
}

async function eksConnection(target: Extract<ClusterTarget, { via: 'eks' }>, clock: RunContext['clock']): Promise<Connection> {
  const [{ eksConnection }, { eksClient }, { eksClusters }] = await Promise.all([
    import('../../lib/kubernetes/eks-connection.ts'),
    import('../../lib/aws/eks-client.ts'),
    import('../../lib/aws/eks-clusters.ts'),
  ]);
  const region = regionOf(target.region);
  const role: RoleToAssume | undefined =
    target.roleArn === undefined
      ? undefined
      : { arn: target.roleArn, ...(target.externalId !== undefined && { externalId: target.externalId }) };
  const client = eksClient({ region, ...(role && { role }) });
  const credentials: AwsCredentialProvider = async () => client.config.credentials();
  return eksConnection({ clusterName: target.name, region, describer: eksClusters(client), credentials, clock });
}

/** A store is opened without I/O; what is wrong with it shows at its first use. */
export async function openStore(state: ScaleConfig['state']): Promise<StateStore> {
  if (state.via === 'directory') {
    const { directoryStateStore } = await import('../../lib/platform/directory-state-store.ts');
    return directoryStateStore(state.path);
  }
  const [{ s3StateStore }, { s3Client }] = await Promise.all([
    import('../../lib/aws/s3-state-store.ts'),
    import('../../lib/aws/s3-client.ts'),
  ]);
  return s3StateStore({
    client: s3Client({ region: regionOf(undefined) }),
    bucket: state.bucket,
    ...(state.prefix && { prefix: state.prefix }),
  });
}

function regionOf(configured: string | undefined): string {
  const region = configured ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new BadInputError('no AWS region is known', { hint: 'set AWS_REGION, or give the cluster a region' });
  return region;
}
