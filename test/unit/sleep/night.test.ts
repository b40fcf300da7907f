import { describe, expect, test } from 'vitest';
import type { KubernetesClient } from '../../../lib/kubernetes/client.ts';
import { ServerError, UnreachableError } from '../../../lib/kubernetes/errors.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import type { Outcome } from '../../../lib/platform/job-definition.ts';
import { applyNight, type ClusterOfRun, decideNight, observeNight } from '../../../lib/sleep/night.ts';
import { planReport, runReport } from '../../../lib/sleep/night-report.ts';
import { ModelCluster } from '../../support/model-cluster.ts';
import { aPolicy, endless } from '../../support/model-night.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { recordingLog } from '../../support/recorders.ts';
import { aDeployment, aNamespace } from '../../support/workloads.ts';

const now = Date.parse('2026-03-30T23:00:00Z');

function reachable(
  name: string,
  annotations?: Readonly<Record<string, string>>,
): { readonly model: ModelCluster; readonly cluster: ClusterOfRun } {
  const model = new ModelCluster(name);
  model.add(aNamespace('dev', annotations));
  model.add(aDeployment());
  return { model, cluster: { name, connect: async () => model.client() } };
}

const unreachable = (name: string): ClusterOfRun => ({
  name,
  connect: async (): Promise<KubernetesClient> => {
    throw new UnreachableError(`cannot reach ${name}: connection refused`, { cluster: name, failure: 'refused', hint: 'is it running?' });
  },
});

interface Night {
  readonly plan: Outcome;
  readonly report: Outcome;
  readonly progress: readonly string[];
  readonly lines: ReturnType<typeof recordingLog>['lines'];
}

async function night(
  clusters: readonly ClusterOfRun[],
  wish: { restore?: string; state?: ModelState; runId?: string } = {},
): Promise<Night> {
  const policy = aPolicy();
  const state = wish.state ?? new ModelState();
  const { log, lines } = recordingLog();
  const world = { clusters, store: state.store(), policy, concurrency: 2 };
  const context = { runId: wish.runId ?? 'r1', clock: { ...systemClock, now: () => now }, deadline: endless, log };
  const progress: string[] = [];
  const decisions = decideNight(await observeNight(world, context, wish.restore), policy, { now, intent: 'sleep' });
  const results = await applyNight(decisions, world, context, (done, total, label) => progress.push(`${done}/${total} ${label}`));
  return { plan: planReport(decisions), report: runReport(results), progress, lines };
}

describe('a night over several clusters', () => {
  test('one that cannot be reached never stops the others', async () => {
    const a = reachable('a');
    const c = reachable('c');

    const { report } = await night([a.cluster, unreachable('b'), c.cluster]);

    expect(report).toMatchObject({ status: 'degraded', counts: { clusters: 2, slept: 2, failed: 1 } });
    expect(report.items).toContainEqual({
      ref: 'b',
      action: 'failed',
      code: 'kubernetes_unreachable',
      reason: 'cannot reach b: connection refused',
      hint: 'is it running?',
    });
    expect(c.model.get('Deployment/dev/web')?.spec?.replicas).toBe(0);
  });

  test('a run that reached no cluster failed', async () => {
    const { report, plan } = await night([unreachable('a'), unreachable('b')]);

    expect(report).toMatchObject({ status: 'failed', counts: { failed: 2, clusters: 0 } });
    expect(plan.status).toBe('failed');
  });

  test('a problem makes it degraded, and names the place', async () => {
    const { report } = await night([reachable('a', { 'downscaler/uptime': 'bogus' }).cluster]);

    expect(report).toMatchObject({ status: 'degraded', counts: { problems: 1, changed: 0 } });
    expect(report.items).toContainEqual(expect.objectContaining({ ref: 'a/Namespace/dev', action: 'problem' }));
    expect(report.summary).toBe('nothing changed among 1 workload on 1 cluster; 1 problem');
  });

  test('tells of each change in the report, the progress and the log', async () => {
    const { report, progress, lines } = await night([reachable('a').cluster]);

    expect(report.status).toBe('ok');
    expect(report.summary).toBe('1 put to sleep of 1 workload on 1 cluster');
    expect(report.items).toEqual([
      {
        ref: 'a/dev/Deployment/web',
        kind: 'Deployment',
        namespace: 'dev',
        name: 'web',
        action: 'sleep',
        from: 3,
        to: 0,
        original: 3,
        reason: 'asked to sleep',
        scope: 'command',
      },
    ]);
    expect(progress).toEqual(['1/1 dev/Deployment/web']);
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'workload changed',
        fields: { cluster: 'a', namespace: 'dev', workload: 'Deployment/web', action: 'sleep', from: 3, to: 0, reason: 'asked to sleep' },
      },
    ]);
  });

  test('a plan shows every workload, those that need nothing too, and says how many would change', async () => {
    const a = reachable('a');
    a.model.add(aDeployment({ name: 'idle', size: 0 }));

    const { plan } = await night([a.cluster]);

    expect(plan.summary).toBe('would change 1 of 2 workloads on 1 cluster');
    expect(plan.items.map(({ ref, action }) => `${ref} ${action}`)).toEqual(['a/dev/Deployment/idle none', 'a/dev/Deployment/web sleep']);
  });

  test('keeps the originals of each cluster apart', async () => {
    const state = new ModelState();

    await night([reachable('a').cluster, reachable('eks/b').cluster], { state });

    expect(state.keys()).toEqual(['runs/r1/a/000001.json', 'runs/r1/eks%2Fb/000001.json']);
  });
});

describe('restoring over several clusters', () => {
  test('passes over those on which the run put nothing to sleep', async () => {
    const a = reachable('a');
    const b = reachable('b');
    const state = new ModelState();
    await night([a.cluster], { state });

    const { report } = await night([a.cluster, b.cluster], { state, restore: 'r1', runId: 'r2' });

    expect(report).toMatchObject({ status: 'ok', counts: { clusters: 1, woken: 1, failed: 0 } });
    expect(b.model.get('Deployment/dev/web')?.spec?.replicas).toBe(3);
  });

  test('an object that cannot be read is a failure of its own, the others are restored', async () => {
    const a = reachable('a');
    a.model.add(aDeployment({ name: 'api' }));
    const state = new ModelState();
    await night([a.cluster], { state });
    const client = await a.cluster.connect();
    const closed: KubernetesClient = {
      ...client,
      get: async (resource, name, options) => {
        if (name.name === 'api') throw new ServerError('cannot get deployments: the server failed (500)', { cluster: 'a', status: 500 });
        return client.get(resource, name, options);
      },
    };

    const { report } = await night([{ name: 'a', connect: async () => closed }], { state, restore: 'r1', runId: 'r2' });

    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 1, failed: 1 } });
    expect(report.summary).toBe('1 woken of 1 workload on 1 cluster; 1 lookup failed');
    expect(report.items).toContainEqual({
      ref: 'a',
      action: 'failed',
      reason: 'dev/Deployment/api could not be read, so it is not restored: cannot get deployments: the server failed (500)',
    });
    expect(a.model.get('Deployment/dev/web')?.spec?.replicas).toBe(3);
  });

  test('a cluster that cannot be reached is still a failure', async () => {
    const a = reachable('a');
    const state = new ModelState();
    await night([a.cluster], { state });

    const { report } = await night([a.cluster, unreachable('b')], { state, restore: 'r1', runId: 'r2' });

    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 1, failed: 1 } });
  });
});
