import type { KubernetesClient } from '../kubernetes/client.ts';
import type { Clock } from '../platform/clock.ts';
import type { Deadline } from '../platform/deadline.ts';
import type { Log } from '../platform/log.ts';
import { mapLimit } from '../platform/map-limit.ts';
import type { StateStore } from '../platform/state-store.ts';
import { apply, type Result } from './apply.ts';
import { clusterIdentity } from './cluster-identity.ts';
import { decide } from './decide.ts';
import { type Decision, isChange } from './decision.ts';
import { writeEvents } from './events.ts';
import { eventsOf } from './events-of.ts';
import { openLedger, readLedger, UnknownRunError } from './ledger.ts';
import { checkOrigin } from './ledger-origin.ts';
import { observe } from './observe.ts';
import { type Notice, plan } from './plan.ts';
import type { SleepPolicy } from './policy.ts';
import { decideRestore, observeEntries, type RestoreView } from './restore.ts';
import type { Intent } from './wanted.ts';
import { type Observation, refOf, type Workload } from './workload.ts';

/** One cluster of a run. `connect` is called once, when the cluster's turn comes. */
export interface ClusterOfRun {
  readonly name: string;
  readonly connect: () => Promise<KubernetesClient>;
}

/** The adapters of a run over one or more clusters. */
export interface NightWorld {
  readonly clusters: readonly ClusterOfRun[];
  readonly store: StateStore;
  readonly policy: SleepPolicy;
  /** Writes in flight, per cluster. */
  readonly concurrency: number;
  /** A person says that the clusters of a restore are the ones of its ledger, though they look like others. */
  readonly clusterRecreated?: boolean | undefined;
}

export interface NightContext {
  readonly runId: string;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: Log;
}

/** What was seen of a cluster, or why nothing was; one cluster's failure is its own. */
export type Sight =
  | { readonly kind: 'cluster'; readonly cluster: string; readonly client: KubernetesClient; readonly observation: Observation }
  | { readonly kind: 'ledger'; readonly cluster: string; readonly client: KubernetesClient; readonly view: RestoreView }
  | { readonly kind: 'failed'; readonly cluster: string; readonly error: unknown };

/** What shall happen on a cluster. */
export type ClusterDecision =
  | {
      readonly kind: 'decided';
      readonly cluster: string;
      readonly client: KubernetesClient;
      readonly decisions: readonly Decision[];
      readonly notices: readonly Notice[];
      readonly redecide: (workload: Workload) => Decision;
    }
  | { readonly kind: 'failed'; readonly cluster: string; readonly error: unknown };

/** What happened on a cluster. */
export type ClusterResult =
  | {
      readonly kind: 'applied';
      readonly cluster: string;
      readonly decisions: readonly Decision[];
      readonly notices: readonly Notice[];
      readonly results: readonly Result[];
    }
  | { readonly kind: 'failed'; readonly cluster: string; readonly error: unknown };

/** Clusters at work at once. */
const clustersAtOnce = 4;

/**
 * Looks at every cluster; `restore` names the run whose originals shall be put back.
 * @throws UnknownRunError when no cluster has originals of that run
 */
export async function observeNight(world: NightWorld, context: NightContext, restore?: string): Promise<readonly Sight[]> {
  const sights = await mapLimit(world.clusters, clustersAtOnce, async ({ name: cluster, connect }): Promise<Sight> => {
    try {
      const client = await connect();
      const { signal } = context.deadline;
      if (restore === undefined) return { kind: 'cluster', cluster, client, observation: await observe(client, world.policy, signal) };
      return { kind: 'ledger', cluster, client, view: await observeRun(client, world, { runId: restore, signal }) };
    } catch (error) {
      return { kind: 'failed', cluster, error };
    }
  });
  return restore === undefined ? sights : withOriginals(sights);
}

/** The objects of a run's ledger, in the namespaces that were asked for. */
async function observeRun(
  client: KubernetesClient,
  { store, policy, concurrency, clusterRecreated = false }: NightWorld,
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
): Promise<RestoreView> {
  const { entries, problems, ...origin } = await readLedger(store, { runId, cluster: client.cluster }, signal);
  const run = { cluster: client.cluster, recreated: clusterRecreated };
  const warnings = checkOrigin(origin, await clusterIdentity(client, signal), run);
  const wanted = entries.filter(({ namespace }) => policy.namespaces === undefined || policy.namespaces.includes(namespace));
  return { ...(await observeEntries(client, wanted, { concurrency, signal })), problems, warnings };
}

/** A run has originals only of the clusters on which it put something to sleep; a run that no cluster knows is a mistake in the event. */
function withOriginals(sights: readonly Sight[]): readonly Sight[] {
  const known = sights.filter((sight) => !isUnknownRun(sight));
  const [unknown] = sights.filter(isUnknownRun);
  if (known.length === 0 && unknown) throw unknown.error;
  return known;
}

function isUnknownRun(sight: Sight): sight is Extract<Sight, { readonly kind: 'failed' }> {
  return sight.kind === 'failed' && sight.error instanceof UnknownRunError;
}

/** Pure. */
export function decideNight(
  sights: readonly Sight[],
  policy: SleepPolicy,
  when: { readonly now: number; readonly intent: Intent },
): readonly ClusterDecision[] {
  return sights.map((sight): ClusterDecision => {
    switch (sight.kind) {
      case 'failed':
        return sight;
      case 'ledger':
        return { kind: 'decided', cluster: sight.cluster, client: sight.client, ...restorePlan(sight.view) };
      case 'cluster': {
        const { decisions, notices, rules } = plan(sight.observation, policy, when);
        return {
          kind: 'decided',
          cluster: sight.cluster,
          client: sight.client,
          decisions,
          notices,
          redecide: (workload) => decide(workload, rules),
        };
      }
      default:
        return sight satisfies never;
    }
  });
}

function restorePlan(view: RestoreView): {
  decisions: readonly Decision[];
  notices: readonly Notice[];
  redecide: (workload: Workload) => Decision;
} {
  const entries = new Map(view.found.map(({ entry }) => [refOf(entry), entry]));
  const redecide = (workload: Workload): Decision => {
    const entry = entries.get(refOf(workload));
    if (!entry) throw new Error(`${refOf(workload)} is not part of the run that is restored`);
    return decideRestore(entry, workload);
  };
  return {
    decisions: view.found.map(({ workload }) => redecide(workload)),
    notices: [
      ...view.unread.map((message): Notice => ({ message, kind: 'failure' })),
      ...view.warnings.map((message): Notice => ({ message, kind: 'warning' })),
      ...view.problems.map((message): Notice => ({ message, kind: 'problem' })),
      ...view.missing.map((ref): Notice => ({ message: `${ref} no longer exists, so nothing can be restored`, kind: 'problem' })),
    ],
    redecide,
  };
}

export type NightProgress = (done: number, total: number, label: string) => void;

/** Carries the decisions out on every cluster; never throws for one cluster or one object. */
export async function applyNight(
  decisions: readonly ClusterDecision[],
  world: NightWorld,
  context: NightContext,
  progress: NightProgress,
): Promise<readonly ClusterResult[]> {
  const total = decisions.reduce((sum, each) => sum + (each.kind === 'decided' ? each.decisions.filter(isChange).length : 0), 0);
  let done = 0;
  return mapLimit(decisions, clustersAtOnce, async (decided): Promise<ClusterResult> => {
    if (decided.kind === 'failed') return decided;
    const { cluster, client, notices, redecide } = decided;
    const results = await apply(decided.decisions, {
      client,
      ledger: openLedger(world.store, {
        runId: context.runId,
        cluster,
        now: () => context.clock.now(),
        identity: (signal) => clusterIdentity(client, signal),
      }),
      policy: world.policy,
      concurrency: world.concurrency,
      deadline: context.deadline,
      redecide,
      onResult: (result) => {
        if (result.kind !== 'left') progress(++done, total, refOf(result.decision.workload));
        logResult(context.log, cluster, result);
      },
    });
    await writeEvents(client, eventsOf(decided.decisions, notices, results, world.policy.events), context);
    return { kind: 'applied', cluster, decisions: decided.decisions, notices, results };
  });
}

/** One line per decision that was carried out, or could not be. */
function logResult(log: Log, cluster: string, result: Result): void {
  const { workload, action, from, to, reason } = result.decision;
  const fields = { cluster, namespace: workload.namespace, workload: `${workload.kind}/${workload.name}`, action, from, to };
  if (result.kind === 'failed') log.error('workload could not be changed', { ...fields, reason: result.reason });
  else if (result.kind === 'done') log.info('workload changed', { ...fields, reason });
  else log.info('workload left alone', { ...fields, reason: result.kind });
}
