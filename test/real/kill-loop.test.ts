import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientsOf } from '../contract/kubernetes/clients.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { createWorkloads, type Live, originalsInLedgers, readWorkloads, removeRecords } from '../support/kill-cluster.ts';
import { type KilledRun, type KillMoment, runAndKill } from '../support/kill-runs.ts';
import { hasControlPlane } from '../support/real-parts.ts';
import { seededRandom } from '../support/seeded-random.ts';

const kills = 60;
const seed = Number(process.env.NIGHTSHIFT_SEED ?? 20260330);

describe.runIf(hasControlPlane())('kill -9 in the middle of a run, on a real API server', () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'kill-loop-'));
  const random = seededRandom(seed);
  let plane: ControlPlane;
  let api: ReturnType<typeof clientsOf>;
  let before: readonly Live[];
  let runs = 0;

  beforeAll(async () => {
    plane = await startControlPlane();
    api = clientsOf(plane, { admin: plane.adminToken, limited: plane.limitedToken, stranger: 'nobody' });
    await createWorkloads(api.client());
    before = await readWorkloads(api.client());
  });

  afterAll(async () => {
    api?.close();
    await plane?.stop();
    rmSync(stateDirectory, { recursive: true, force: true });
  });

  const runId = (): string => `run-${String(runs).padStart(4, '0')}`;
  const start = (event: Readonly<Record<string, unknown>>, moment?: KillMoment): Promise<KilledRun> => {
    runs += 1;
    return runAndKill({ kubeconfig: plane.kubeconfigPath, stateDirectory, event, runId: runId() }, moment);
  };
  const night = (action: 'sleep' | 'wake', moment?: KillMoment): Promise<KilledRun> => start({ action }, moment);

  /** Objects that are not as they were, and whose original stands neither on them nor in a ledger, or stands there wrong. */
  const lostOriginals = async (): Promise<readonly string[]> => {
    const originals = originalsInLedgers(stateDirectory);
    return (await readWorkloads(api.client())).flatMap(({ ref, size, record }, index) => {
      const truth = before[index]?.size ?? 0;
      const inLedgers = originals.get(ref) ?? [];
      const wrong = inLedgers.filter((original) => original !== truth);
      if (before[index]?.ref === ref && size === truth && record === undefined && wrong.length === 0) return [];
      if (record === String(truth) && inLedgers.length > 0 && wrong.length === 0 && size < truth) return [];
      return [`${ref} was ${truth}, is ${size}, record ${record}, ledgers ${inLedgers}`];
    });
  };

  test(`${kills} kills at random moments lose no original, and then everything sleeps and wakes`, { timeout: 400_000 }, async () => {
    // Unkilled runs tell how long a process lives, and bring the first sleepers.
    const lifetimeMs = (await night('sleep')).lifetimeMs;
    await night('wake');

    const killed: Record<'sleep' | 'wake', KilledRun[]> = { sleep: [], wake: [] };
    let inTheMiddle = 0;
    const count = (): number => killed.sleep.length + killed.wake.length;
    for (let round = 0; count() < kills && round < 3 * kills; round++) {
      const action = random() < 0.5 ? 'sleep' : 'wake';
      // Half of them anywhere in a process's life, half around one of its writes.
      const anywhere = { delayMs: random() * lifetimeMs };
      const atWrite = { afterChanges: 1 + Math.floor(random() * 40), delayMs: random() * 8 };
      const run = await night(action, random() < 0.5 ? anywhere : atWrite);
      if (run.killed) {
        killed[action].push(run);
        if (run.changes > 0 && run.changes < run.planned) inTheMiddle += 1;
      }
      expect(await lostOriginals(), `after run ${runs} (${action}, killed: ${run.killed}); NIGHTSHIFT_SEED=${seed}`).toEqual([]);
    }
    process.stderr.write(
      `kill -9 loop: ${count()} kills (${killed.sleep.length} going to sleep, ${killed.wake.length} waking up), ${inTheMiddle} of them between two writes, seed ${seed}\n`,
    );

    expect(count()).toBeGreaterThanOrEqual(50);
    expect(killed.sleep.length).toBeGreaterThan(10);
    expect(killed.wake.length).toBeGreaterThan(10);
    expect(inTheMiddle).toBeGreaterThan(10);

    const slept = await night('sleep');
    expect(slept.report?.status).toBe('ok');
    expect((await readWorkloads(api.client())).filter(({ size }) => size !== 0)).toEqual([]);
    const woken = await night('wake');
    expect(woken.report?.status).toBe('ok');
    expect(await readWorkloads(api.client())).toEqual(before);
  });

  test('a run is restored from its ledger alone when every record on the objects is gone', { timeout: 60_000 }, async () => {
    await night('sleep');
    const sleepRun = runId();
    const removed = await removeRecords(api.client(), await readWorkloads(api.client()));
    expect(removed).toBe(before.filter(({ size }) => size > 0).length);

    const useless = await night('wake');
    expect(useless.report?.counts.woken).toBe(0);
    const { report } = await start({ action: 'restore', runId: sleepRun });

    expect(report).toMatchObject({ status: 'ok', counts: { woken: removed } });
    expect(await readWorkloads(api.client())).toEqual(before);
  });
});
