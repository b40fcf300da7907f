import type { ClusterTarget } from '../../lib/connect/cluster-target.ts';
import { createConnector } from '../../lib/connect/connector.ts';
import { clusterUser } from '../../lib/kubernetes/cluster-user.ts';
import { deadlineIn } from '../../lib/platform/deadline.ts';
import { NightshiftError } from '../../lib/platform/errors.ts';
import type { Log } from '../../lib/platform/log.ts';
import { clusterTargets } from '../config-from-flags.ts';
import { failureOf } from '../failure.ts';
import type { Io } from '../io.ts';
import type { WhoamiFlags } from './flags.ts';

/** What a cluster says of the caller, as the command's document has it. */
export type ClusterAnswer =
  | { readonly name: string; readonly user: string; readonly groups: readonly string[] }
  | { readonly name: string; readonly unknown: string }
  | { readonly name: string; readonly error: string; readonly hint?: string };

export interface Surroundings {
  readonly io: Pick<Io, 'env' | 'clock'>;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

/** The clusters that the command line names; none when it names none. @throws BadInputError for a kubeconfig that is no good */
export async function namedClusters(flags: WhoamiFlags, env: Io['env']): Promise<readonly ClusterTarget[]> {
  const { kubeconfig, context, cluster } = flags;
  if (cluster !== undefined) return clusterTargets(flags, env);
  if (kubeconfig === undefined && context === undefined) return [];
  // How AWS is reached says nothing of a cluster that a kubeconfig leads to.
  return clusterTargets({ ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) }, env);
}

const { openCluster } = createConnector();

/** Whom a cluster takes the caller for. A cluster that fails is an answer too: it does not silence the others. */
export async function askCluster(target: ClusterTarget, { io, log, signal, limitMs }: Surroundings): Promise<ClusterAnswer> {
  const { name } = target;
  const { env, clock } = io;
  try {
    const client = await openCluster(target, { env, clock, log, deadline: deadlineIn(limitMs, clock) }, 1);
    try {
      const said = await clusterUser(client, { signal });
      return said.known ? { name, user: said.user, groups: said.groups } : { name, unknown: said.reason };
    } finally {
      client.close();
    }
  } catch (error) {
    if (!(error instanceof NightshiftError)) throw error;
    const { message, hint } = failureOf(error);
    return { name, error: message, ...(hint !== undefined && { hint }) };
  }
}
