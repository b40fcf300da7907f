import { describe, expect, test } from 'vitest';
import type { Deadline } from '../../../lib/platform/deadline.ts';
import type { Outcome } from '../../../lib/platform/job-definition.ts';
import { ModelCluster, type ModelObject } from '../../support/model-cluster.ts';
import { CallFaults, type Fault } from '../../support/model-faults.ts';
import { aPolicy, endless, type NightWish, runModelNight } from '../../support/model-night.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { aCronJob, aDeployment, aNamespace, aStatefulSet } from '../../support/workloads.ts';

const policy = aPolicy({ events: 'none' });
const now = Date.parse('2026-03-30T23:00:00Z');
const web = 'Deployment/dev/web';
const sizeAt = (cluster: ModelCluster, key: string): unknown => cluster.get(key)?.spec?.replicas;
const recordAt = (cluster: ModelCluster, key: string): unknown => cluster.get(key)?.metadata?.annotations?.['downscaler/original-replicas'];

function aCluster(objects: readonly object[]): ModelCluster {
  const cluster = new ModelCluster();
  for (const object of [aNamespace('dev'), ...objects]) cluster.add(object as ModelObject);
  return cluster;
}

function run(cluster: ModelCluster, wish: Partial<NightWish> = {}, state = new ModelState()): Promise<Outcome> {
  return runModelNight(cluster, state, { policy, now, runId: 'r1', intent: 'sleep', concurrency: 1, ...wish });
}

/** The calls of a run: 1 namespaces, 2 to 4 the kinds, 5 what KEDA scales, 6 which cluster this is, 7 the ledger, then the writes. */
const firstWrite = 8;
const faultAt = (call: number, fault: Fault): CallFaults => new CallFaults(new Map([[call, fault]]));
const meanwhile = (act: () => void): Fault => ({ kind: 'interlude', act });

describe('carrying out a plan', () => {
  test('records every original before the first write', async () => {
    const cluster = aCluster([aDeployment({ size: 3 }), aDeployment({ name: 'api', size: 2 })]);
    const state = new ModelState();
    const documentsAtWrites: number[] = [];

    const report = await run(cluster, { onWrite: () => documentsAtWrites.push(state.keys().length) }, state);

    expect(documentsAtWrites).toEqual([1, 1]);
    expect(report).toMatchObject({ status: 'ok', counts: { slept: 2 }, remaining: 0 });
  });

  test('sleeps CronJobs first and databases last, and wakes them the other way round', async () => {
    const cluster = aCluster([aDeployment(), aStatefulSet(), aCronJob()]);
    const order: string[] = [];
    const onWrite = ({ key }: { readonly key: string }): unknown => order.push(key.split('/')[0] ?? '');

    await run(cluster, { onWrite });
    await run(cluster, { onWrite, intent: 'wake' });

    expect(order).toEqual(['CronJob', 'Deployment', 'StatefulSet', 'StatefulSet', 'Deployment', 'CronJob']);
  });

  test('wakes before it puts to sleep', async () => {
    const sleeper = { 'downscaler/original-replicas': '2', 'downscaler/uptime': 'always' };
    const cluster = aCluster([
      aDeployment({ name: 'a', annotations: { 'downscaler/downtime': 'always' } }),
      aDeployment({ name: 'z', size: 0, annotations: sleeper }),
    ]);
    const order: string[] = [];

    await run(cluster, { intent: 'schedule', onWrite: ({ key }) => order.push(key) });

    expect(order).toEqual(['Deployment/dev/z', 'Deployment/dev/a']);
  });

  test('decides again after a conflict, and stores the new original before it writes', async () => {
    const cluster = aCluster([aDeployment({ size: 3 })]);
    const state = new ModelState();
    const scaled = meanwhile(() => cluster.edit(web, { spec: { replicas: 5 } }));

    const report = await run(cluster, { faults: faultAt(firstWrite, scaled) }, state);

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1 } });
    expect([sizeAt(cluster, web), recordAt(cluster, web)]).toEqual([0, '5']);
    expect(state.keys()).toHaveLength(2);
  });

  test('does not store an original twice when the conflict did not change it', async () => {
    const cluster = aCluster([aDeployment({ size: 3 })]);
    const state = new ModelState();
    const touched = meanwhile(() => cluster.edit(web, { metadata: { labels: { touched: 'yes' } } }));

    await run(cluster, { faults: faultAt(firstWrite, touched) }, state);

    expect(recordAt(cluster, web)).toBe('3');
    expect(state.keys()).toHaveLength(1);
  });

  test('leaves alone what somebody excluded in the meantime', async () => {
    const cluster = aCluster([aDeployment({ size: 3 })]);
    const excluded = meanwhile(() => cluster.edit(web, { metadata: { annotations: { 'downscaler/exclude': 'true' } } }));

    const report = await run(cluster, { faults: faultAt(firstWrite, excluded) });

    expect(sizeAt(cluster, web)).toBe(3);
    expect(report.items).toMatchObject([
      { action: 'skip', reason: expect.stringContaining('changed meanwhile: workload: downscaler/exclude') },
    ]);
  });

  test('counts a write as its own when only the answer was lost', async () => {
    const cluster = aCluster([aDeployment({ size: 3 })]);

    const report = await run(cluster, { faults: faultAt(firstWrite, { kind: 'repeated' }) });

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1, failed: 0 } });
    expect(recordAt(cluster, web)).toBe('3');
  });

  test('gives up on an object that changes under every attempt, and leaves it to the next run', async () => {
    const cluster = aCluster([aDeployment({ size: 3 }), aDeployment({ name: 'zoo', size: 2 })]);
    let version = 0;
    const touch = meanwhile(() => cluster.edit(web, { metadata: { labels: { version: String(version++) } } }));
    // Each attempt is a write and, after the conflict, a read.
    const faults = new CallFaults(new Map([0, 1, 2, 3, 4].map((attempt) => [firstWrite + 2 * attempt, touch])));

    const report = await run(cluster, { faults });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, failed: 1 } });
    expect([sizeAt(cluster, web), sizeAt(cluster, 'Deployment/dev/zoo')]).toEqual([3, 0]);
  });

  test('one object that fails stops no other', async () => {
    const cluster = aCluster([aDeployment({ size: 3 }), aDeployment({ name: 'zoo', size: 2 })]);

    const report = await run(cluster, { faults: faultAt(firstWrite, { kind: 'refused' }) });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, failed: 1 } });
    expect(report.items[0]).toMatchObject({ action: 'failed', attempted: 'sleep', reason: expect.stringContaining('in trouble') });
  });

  test('an object, or a whole namespace, that vanishes in the middle is no failure', async () => {
    const cluster = aCluster([aDeployment({ size: 3 }), aDeployment({ name: 'zoo', size: 2 })]);
    const vanished = meanwhile(() => cluster.remove(web));

    const report = await run(cluster, { faults: faultAt(firstWrite, vanished) });

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1, failed: 0 } });
    expect(report.items[0]).toMatchObject({ action: 'skip', reason: 'it was deleted meanwhile', original: null });
  });

  test('an object that was deleted and created again in the middle is decided anew', async () => {
    const cluster = aCluster([aDeployment({ size: 3 })]);
    const recreated = meanwhile(() => {
      cluster.remove(web);
      cluster.add(aDeployment({ size: 6 }));
    });

    await run(cluster, { faults: faultAt(firstWrite, recreated) });

    expect([sizeAt(cluster, web), recordAt(cluster, web)]).toEqual([0, '6']);
  });
});

describe('when originals cannot be stored', () => {
  const mixed = (): ModelCluster =>
    aCluster([
      aDeployment({ name: 'a', annotations: { 'downscaler/downtime': 'always' } }),
      aDeployment({ name: 'z', size: 0, annotations: { 'downscaler/original-replicas': '2', 'downscaler/uptime': 'always' } }),
    ]);

  test('nothing is put to sleep, what has to wake wakes, and the report says what to do', async () => {
    const cluster = mixed();
    // The wake is call 6, the question which cluster this is 7, the ledger 8.
    const report = await run(cluster, { intent: 'schedule', faults: faultAt(8, { kind: 'refused' }) });

    expect([sizeAt(cluster, 'Deployment/dev/a'), sizeAt(cluster, 'Deployment/dev/z')]).toEqual([3, 2]);
    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 1, slept: 0, failed: 1 } });
    const reason = report.items.find(({ action }) => action === 'failed')?.reason;
    expect(reason).toBe('not put to sleep, because its original could not be stored first: write state failed: refused; allow the write');
  });

  test('a changed original that cannot be stored keeps its object awake', async () => {
    const cluster = aCluster([aDeployment({ size: 3 })]);
    // The conflicting write is call 6, the second look call 7, the second document call 8.
    const faults = new CallFaults(
      new Map<number, Fault>([
        [6, meanwhile(() => cluster.edit(web, { spec: { replicas: 5 } }))],
        [8, { kind: 'refused' }],
      ]),
    );

    const report = await run(cluster, { faults });

    expect(sizeAt(cluster, web)).toBe(5);
    expect(report).toMatchObject({ status: 'failed', counts: { failed: 1 } });
  });
});

describe('when the time budget ends', () => {
  const endingAfter = (writes: number): { readonly deadline: Deadline; readonly onWrite: () => void } => {
    let done = 0;
    return { deadline: { ...endless, expired: () => done >= writes }, onWrite: () => void done++ };
  };

  test('what was not reached is left, and counted as remaining', async () => {
    const cluster = aCluster(['a', 'b', 'c'].map((name) => aDeployment({ name })));

    const report = await run(cluster, endingAfter(1));

    expect(report).toMatchObject({ status: 'degraded', remaining: 2, counts: { slept: 1, failed: 0 } });
    expect(report.items.filter(({ action }) => action === 'left')).toHaveLength(2);
    expect(report.summary).toContain('2 left for the next run');
  });

  test('no original is stored any more, and that is not a failure', async () => {
    const cluster = aCluster([aDeployment()]);
    const state = new ModelState();

    const report = await run(cluster, endingAfter(0), state);

    expect(report).toMatchObject({ remaining: 1, counts: { slept: 0, failed: 0 } });
    expect(state.keys()).toEqual([]);
  });

  test('the next run continues', async () => {
    const cluster = aCluster(['a', 'b', 'c'].map((name) => aDeployment({ name })));
    await run(cluster, endingAfter(1));

    const report = await run(cluster, { runId: 'r2' });

    expect(report).toMatchObject({ status: 'ok', remaining: 0, counts: { slept: 2 } });
  });
});
