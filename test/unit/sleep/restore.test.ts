import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../lib/sleep/ledger.ts';
import { readWorkload } from '../../../lib/sleep/read-workload.ts';
import { decideRestore } from '../../../lib/sleep/restore.ts';
import { ModelCluster } from '../../support/model-cluster.ts';
import { aPolicy, runModelNight } from '../../support/model-night.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { aCronJob, aDeployment, aNamespace } from '../../support/workloads.ts';

const entry: LedgerEntry = { kind: 'Deployment', namespace: 'dev', name: 'web', uid: '', from: 3, to: 0, original: 3 };
const restored = (size: number, record?: string) =>
  decideRestore(
    entry,
    readWorkload(
      'Deployment',
      aDeployment({ size, ...(record !== undefined && { annotations: { 'downscaler/original-replicas': record } }) }),
    ),
  );

describe('restoring one object', () => {
  test.each([
    ['a sleeper without any record', 0, undefined, 'wake', 3],
    ['a sleeper with its record', 0, '3', 'wake', 3],
    ['a sleeper whose record cannot be read', 0, 'abc', 'wake', 3],
    ['a half woken one', 2, '3', 'wake', 3],
    ['one whose record is newer than the ledger', 0, '5', 'wake', 5],
    ['one that is awake', 3, undefined, 'none', 3],
    ['one that is awake with a stale record', 3, '3', 'clear', 3],
    ['one that was scaled up', 6, undefined, 'none', 6],
    ['one that was scaled up, its record still there', 6, '3', 'skip', 6],
  ] as const)('%s', (_, size, record, action, to) => {
    const decision = restored(size, record);
    expect(decision).toMatchObject({ action, to, from: size });
    expect(decision.original).toBe(action === 'skip' ? 3 : null);
  });

  test('warns when record and ledger disagree', () => {
    expect(restored(0, '5').warnings).toEqual([expect.stringContaining("newer than the ledger's 3")]);
    expect(restored(0, '3').warnings).toEqual([]);
  });

  test('says when the object is not the one that slept', () => {
    const workload = { ...readWorkload('Deployment', aDeployment({ size: 0 })), uid: 'another' };
    expect(decideRestore(entry, workload).reason).toBe('restored from the ledger; the object was recreated since');
  });
});

describe('restoring a run', () => {
  const now = Date.parse('2026-03-30T23:00:00Z');

  async function asleep(): Promise<{ cluster: ModelCluster; state: ModelState }> {
    const cluster = new ModelCluster();
    const state = new ModelState();
    for (const namespace of ['dev', 'test']) {
      cluster.add(aNamespace(namespace));
      cluster.add(aDeployment({ namespace, size: 3 }));
      cluster.add(aCronJob({ namespace }));
    }
    await runModelNight(cluster, state, { policy: aPolicy(), now, runId: 'r1', intent: 'sleep' });
    for (const [key] of cluster.entries()) cluster.edit(key, { metadata: { annotations: { 'downscaler/original-replicas': null } } });
    return { cluster, state };
  }

  test('brings everything back from the ledger alone', async () => {
    const { cluster, state } = await asleep();

    const report = await runModelNight(cluster, state, { policy: aPolicy(), now, runId: 'r2', restore: 'r1' });

    expect(report).toMatchObject({ status: 'ok', counts: { woken: 4 } });
    expect(cluster.get('Deployment/test/web')?.spec?.replicas).toBe(3);
    expect(cluster.get('CronJob/dev/report')?.spec?.suspend).toBe(false);
  });

  test('touches only the namespaces that were asked for', async () => {
    const { cluster, state } = await asleep();

    await runModelNight(cluster, state, { policy: aPolicy({ namespaces: ['test'] }), now, runId: 'r2', restore: 'r1' });

    expect(cluster.get('Deployment/test/web')?.spec?.replicas).toBe(3);
    expect(cluster.get('Deployment/dev/web')?.spec?.replicas).toBe(0);
  });

  test('reports what no longer exists and goes on', async () => {
    const { cluster, state } = await asleep();
    cluster.remove('Deployment/dev/web');

    const report = await runModelNight(cluster, state, { policy: aPolicy(), now, runId: 'r2', restore: 'r1' });

    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 3, problems: 1 } });
    expect(report.items).toContainEqual(
      expect.objectContaining({ reason: 'dev/Deployment/web no longer exists, so nothing can be restored' }),
    );
  });

  test('reports a damaged document and restores from the others', async () => {
    const { cluster, state } = await asleep();
    state.overwrite('runs/r1/dev-cluster/000002.json', 'half a docu');

    const report = await runModelNight(cluster, state, { policy: aPolicy(), now, runId: 'r2', restore: 'r1' });

    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 4, problems: 1 } });
  });

  test('of an unknown run is refused, not reported as a failure of the cluster', async () => {
    const { cluster, state } = await asleep();

    await expect(runModelNight(cluster, state, { policy: aPolicy(), now, runId: 'r2', restore: 'r9' })).rejects.toMatchObject({
      code: 'bad_input',
      hint: 'the latest runs known there: r1',
    });
  });
});
