import type { ClusterTarget } from '../../lib/connect/cluster-target.ts';
import { kubeconfigFiles, readKubeconfig } from '../../lib/kubernetes/kubeconfig.ts';
import { pickContext } from '../../lib/kubernetes/kubeconfig-context.ts';
import { clusterTargets } from '../config-from-flags.ts';
import { UsageError } from '../errors.ts';
import type { ConnectionFlags } from '../flags/connection.ts';
import type { Io } from '../io.ts';

/** One cluster, and one namespace on it. */
export interface Place {
  readonly cluster: ClusterTarget;
  readonly namespace: string;
}

/** Where one workload is, by the flags; without a namespace in that of the context, as kubectl has it. @throws UsageError, BadInputError */
export async function placeOf(flags: ConnectionFlags, env: Io['env']): Promise<Place> {
  const [cluster, other] = await clusterTargets(flags, env);
  if (cluster === undefined || other !== undefined) throw new UsageError('a rollout is on one cluster', { hint: 'give --cluster once' });
  const [namespace, second] = [...new Set(flags.namespace)];
  if (second !== undefined) throw new UsageError('a workload is in one namespace', { hint: 'give -n once' });
  return { cluster, namespace: namespace ?? (await namespaceOf(cluster, env)) };
}

async function namespaceOf(cluster: ClusterTarget, env: Io['env']): Promise<string> {
  if (cluster.via !== 'kubeconfig') return 'default';
  const { namespace } = await pickContext(await readKubeconfig(kubeconfigFiles(env, cluster.path)), cluster.context);
  return namespace ?? 'default';
}
