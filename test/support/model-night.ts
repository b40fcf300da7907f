import { systemClock } from '../../lib/platform/clock.ts';
import type { Deadline } from '../../lib/platform/deadline.ts';
import type { Outcome } from '../../lib/platform/job-definition.ts';
import { silentLog } from '../../lib/platform/log.ts';
import { applyNight, type ClusterDecision, decideNight, type NightWorld, observeNight } from '../../lib/sleep/night.ts';
import { runReport } from '../../lib/sleep/night-report.ts';
import { type SleepPolicy, sleepPolicySchema } from '../../lib/sleep/policy.ts';
import type { Intent } from '../../lib/sleep/wanted.ts';
import type { ModelCluster, ModelWrite } from './model-cluster.ts';
import { CallFaults } from './model-faults.ts';
import type { ModelState } from './model-state-store.ts';

/** A policy as people write it; grace period 0 unless told, so that new objects sleep at once. */
export function aPolicy(wish: Readonly<Record<string, unknown>> = {}): SleepPolicy {
  return sleepPolicySchema.parse({ gracePeriodSeconds: 0, ...wish });
}

export const endless: Deadline = {
  signal: new AbortController().signal,
  remainingMs: () => Number.POSITIVE_INFINITY,
  expired: () => false,
};

export interface NightWish {
  readonly intent?: Intent;
  /** Epoch ms. */
  readonly now: number;
  readonly runId: string;
  readonly policy: SleepPolicy;
  /** Restore this run instead. */
  readonly restore?: string;
  readonly faults?: CallFaults;
  readonly onWrite?: (write: ModelWrite) => void;
  readonly concurrency?: number;
  readonly deadline?: Deadline;
}

/** Observes and decides; nothing is changed. */
export async function decideModelNight(
  cluster: ModelCluster,
  state: ModelState,
  wish: NightWish,
): Promise<{ readonly decisions: readonly ClusterDecision[]; readonly act: () => Promise<Outcome> }> {
  const faults = wish.faults ?? new CallFaults();
  const clock = { ...systemClock, now: () => wish.now };
  const world: NightWorld = {
    clusters: [{ name: cluster.name, connect: async () => cluster.client(faults, wish.onWrite) }],
    store: state.store(faults),
    policy: wish.policy,
    concurrency: wish.concurrency ?? 2,
  };
  const context = { runId: wish.runId, clock, deadline: wish.deadline ?? endless, log: silentLog };
  const sights = await observeNight(world, context, wish.restore);
  const decisions = decideNight(sights, wish.policy, { now: wish.now, intent: wish.intent ?? 'schedule' });
  return { decisions, act: async () => runReport(await applyNight(decisions, world, context, () => {})) };
}

/** A whole run on the model. */
export async function runModelNight(cluster: ModelCluster, state: ModelState, wish: NightWish): Promise<Outcome> {
  return (await decideModelNight(cluster, state, wish)).act();
}
