import type { KubernetesClient } from '../kubernetes/client.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { createKubernetesClient } from '../kubernetes/resource-client.ts';
import type { Environment, RunContext } from '../platform/job-definition.ts';
import type { StateStore } from '../platform/state-store.ts';
import type { ClusterTarget, EksTarget } from './cluster-target.ts';
import { type OpenS3State, openStore } from './open-store.ts';
import type { StateTarget } from './state-target.ts';

type Surroundings = Pick<RunContext, 'clock' | 'env'>;
/** As much of a run as it takes to open a cluster. */
type ClusterContext = Pick<RunContext, 'clock' | 'env' | 'deadline' | 'log'>;

/** What speaks AWS. */
export interface AwsAdapters {
  readonly eksCluster: (target: EksTarget, context: Surroundings) => Promise<Connection>;
  readonly s3State?: OpenS3State;
}

/** The ways from a configuration to the world. */
export interface Connector {
  openCluster(target: ClusterTarget, context: ClusterContext, concurrency: number): Promise<KubernetesClient>;
  /** A store is opened without I/O; what is wrong with it shows at its first use. */
  openStore(state: StateTarget, env: Environment): Promise<StateStore>;
}

/** The AWS SDK is most of the code: it is loaded by the run that speaks to AWS, not by the start of the program (see docs/decisions/0005-packaging.md). */
const onDemand: AwsAdapters = {
  eksCluster: async (target, context) => (await import('./eks-cluster.ts')).eksCluster(target, context),
};

/** EKS connections outlive a run, so that a warm function keeps its cluster's address and token. One that failed to be made is made anew. */
export function createConnector(aws: AwsAdapters = onDemand): Connector {
  const known = new Map<string, Promise<Connection>>();
  const eks = (target: EksTarget, context: Surroundings): Promise<Connection> => {
    const { AWS_REGION, AWS_DEFAULT_REGION } = context.env;
    const key = JSON.stringify([target, AWS_REGION, AWS_DEFAULT_REGION]);
    const kept = known.get(key);
    if (kept) return kept;
    const made = aws.eksCluster(target, context);
    known.set(key, made);
    made.catch(() => known.delete(key));
    return made;
  };
  return {
    openCluster: async (target, context, concurrency) =>
      createKubernetesClient({
        cluster: target.name,
        connection: target.via === 'eks' ? await eks(target, context) : await ownConnection(target, context),
        clock: context.clock,
        maxSockets: concurrency,
        remainingMs: () => context.deadline.remainingMs(),
        log: context.log,
      }),
    openStore: (state, env) => openStore(state, env, aws.s3State),
  };
}

/** Loaded by the run that uses them: a function on EKS reads no kubeconfig and no directory. */
async function ownConnection(
  target: Exclude<ClusterTarget, EksTarget>,
  { env, clock, log, deadline }: ClusterContext,
): Promise<Connection> {
  switch (target.via) {
    case 'kubeconfig': {
      const { connectKubeconfig } = await import('../kubernetes/kubeconfig-connection.ts');
      const budgetMs = deadline.remainingMs();
      // Who gave the run a time of its own has said how long a login may take.
      const pluginLimitMs = Number.isFinite(budgetMs) ? budgetMs : undefined;
      return connectKubeconfig({ env, clock, file: target.path, context: target.context, pluginLimitMs, log });
    }
    case 'in-cluster': {
      const { inClusterConnection } = await import('../kubernetes/in-cluster-connection.ts');
      return inClusterConnection({ env, clock });
    }
    default:
      return target satisfies never;
  }
}
