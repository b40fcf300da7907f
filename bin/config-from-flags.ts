import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ScaleConfig, scaleConfigSchema } from '../functions/scale-dev-nightly/config.ts';
import type { ScaleEvent } from '../functions/scale-dev-nightly/event.ts';
import type { ClusterTarget } from '../lib/connect/cluster-target.ts';
import { kubeconfigFiles, readKubeconfig } from '../lib/kubernetes/kubeconfig.ts';
import { pickContext } from '../lib/kubernetes/kubeconfig-context.ts';
import { type SleepPolicy, sleepPolicySchema } from '../lib/sleep/policy.ts';
import { UsageError } from './errors.ts';
import type { ConnectionFlags } from './flags/connection.ts';
import type { RestoreChoice, RunFlags, StateFlags } from './flags/run.ts';
import type { Io } from './io.ts';
import { policyFromFlags } from './policy-from-flags.ts';
import { pricesFromFlags } from './prices-from-flags.ts';

type Environment = Io['env'];

/** The configuration of scale-dev-nightly that a command line asks for. @throws BadInputError, TimeSpecError or UsageError when it asks for nonsense */
export async function configFromFlags(
  flags: RunFlags & RestoreChoice,
  io: Pick<Io, 'env' | 'stdin' | 'clock'>,
  action: ScaleEvent['action'],
): Promise<ScaleConfig> {
  const prices = pricesFromFlags(flags);
  return scaleConfigSchema.parse({
    clusters: await clusterTargets(flags, io.env),
    policy: await policyFor(action, flags, io),
    state: stateTarget(flags, io.env),
    ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
    ...(prices && { prices }),
    ...(flags.clusterRecreated && { restore: { clusterRecreated: true } }),
  });
}

/** A restore goes by the ledger alone and a wake is above any schedule: a mistake in one must not keep a cluster asleep. */
async function policyFor(action: ScaleEvent['action'], flags: RunFlags, io: Pick<Io, 'env' | 'stdin' | 'clock'>): Promise<SleepPolicy> {
  if (action === 'restore') return sleepPolicySchema.parse({});
  return policyFromFlags(flags, io, { unchecked: action === 'wake' });
}

export async function clusterTargets(flags: ConnectionFlags, env: Environment): Promise<ClusterTarget[]> {
  const { cluster, region, roleArn, externalId } = flags;
  if (cluster) {
    return [...new Set(cluster)].map((name) => ({
      via: 'eks',
      name,
      ...(region && { region }),
      ...(roleArn && { roleArn }),
      ...(externalId && { externalId }),
    }));
  }
  const orphan = region ? '--region' : roleArn ? '--role-arn' : externalId ? '--external-id' : undefined;
  if (orphan)
    throw new UsageError(`${orphan} says how an EKS cluster is reached, and no --cluster is given`, { hint: 'add --cluster NAME' });
  return [flags.inCluster ? { via: 'in-cluster', name: 'in-cluster' } : await kubeconfigTarget(flags, env)];
}

/**
 * The context's name is the cluster's name in reports. It is looked up before the run, so that a kubeconfig that is no good is bad input
 * and not one unreachable cluster among others.
 */
async function kubeconfigTarget({ kubeconfig, context }: ConnectionFlags, env: Environment): Promise<ClusterTarget> {
  const { name } = await pickContext(await readKubeconfig(kubeconfigFiles(env, kubeconfig)), context);
  return { via: 'kubeconfig', name, context: name, ...(kubeconfig !== undefined && { path: kubeconfig }) };
}

/** The XDG base directory specification: state that should outlive a restart, and is neither configuration nor cache. */
export function stateTarget({ stateBucket, statePrefix, stateDir }: StateFlags, env: Environment): ScaleConfig['state'] {
  if (stateBucket !== undefined) return { via: 's3', bucket: stateBucket, prefix: statePrefix ?? '' };
  if (statePrefix !== undefined)
    throw new UsageError('--state-prefix is a prefix in a bucket, and no --state-bucket is given', { hint: 'add --state-bucket NAME' });
  const home = env.HOME || env.USERPROFILE || homedir();
  return { via: 'directory', path: stateDir ?? join(env.XDG_STATE_HOME || join(home, '.local', 'state'), 'nightshift') };
}
