import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../support/runs.ts';
import { fingerprint } from './histories/fingerprint.ts';
import { anyCluster, anySteps, freshCluster, restoresAndEdits, restoreTroubles, troubledRuns } from './histories/generators.ts';
import { History } from './histories/history.ts';
import { record, recordOf, sizeOf } from './histories/objects.ts';

/** Histories altogether. */
const histories = Number(process.env.NIGHTSHIFT_HISTORIES ?? runs(10_000));
const share = (part: number): number => Math.ceil(histories * part);

const objectsOf = (history: History) => [...history.watched.live()];
const sleepers = (history: History): number => objectsOf(history).filter(({ object, truth }) => sizeOf(object) < truth).length;
const sizes = (history: History) => objectsOf(history).map(({ key, object }) => [key, sizeOf(object)]);
const fingerprints = (history: History) => objectsOf(history).map(({ key, object }) => [key, fingerprint(object)]);

describe(`${histories} generated histories: whatever crashes, conflicts, overlaps, comes twice, late, or is changed by hand`, () => {
  test(`every promise holds at every step, and a wake brings everybody back (${share(0.5)} histories)`, { timeout: 600_000 }, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(anyCluster, anySteps, async (cluster, steps) => {
        const history = new History(cluster);
        for (const step of steps) await history.take(step);
        await history.clean('wake', 'day');
        await history.clean('sleep', 'night');
        await history.clean('wake', 'day');
        taken += history.runIds.length;
      }),
      { numRuns: share(0.5) },
    );

    expect(taken).toBeGreaterThan(share(0.5) * 3);
  });

  test(`sleep then wake is the identity on every observed field (${share(0.2)} histories)`, { timeout: 600_000 }, async () => {
    let slept = 0;
    await fc.assert(
      fc.asyncProperty(freshCluster, troubledRuns, async (cluster, runs) => {
        const history = new History(cluster);
        const before = fingerprints(history);

        for (const run of runs) await history.take(run);
        await history.clean('sleep', 'day');
        slept += sleepers(history);
        await history.clean('wake', 'day');

        expect(fingerprints(history)).toEqual(before);
      }),
      { numRuns: share(0.2) },
    );

    expect(slept).toBeGreaterThan(share(0.05));
  });

  test(`the ledger alone restores every run when every annotation is gone (${share(0.2)} histories)`, { timeout: 600_000 }, async () => {
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(freshCluster, troubledRuns, restoreTroubles, async (cluster, runs, troubles) => {
        const history = new History(cluster);
        const before = sizes(history);

        for (const run of runs) await history.take(run);
        await history.clean('sleep', 'night');
        for (const { key, object } of history.watched.live()) {
          if (recordOf(object) !== undefined) lost += 1;
          history.watched.cluster.edit(key, { metadata: { annotations: { [record]: null } } });
        }
        for (const runId of [...history.runIds]) {
          await history.restore(runId, troubles);
          await history.restore(runId);
        }

        expect(sizes(history)).toEqual(before);
      }),
      { numRuns: share(0.2) },
    );

    expect(lost).toBeGreaterThan(share(0.05));
  });

  test(`a restore makes nothing smaller and drops nothing that is owed, whatever people went on changing (${share(0.1)} histories)`, {
    timeout: 600_000,
  }, async () => {
    let restored = 0;
    await fc.assert(
      fc.asyncProperty(freshCluster, restoresAndEdits, async (cluster, steps) => {
        const history = new History(cluster);
        await history.clean('sleep', 'day');

        for (const step of steps) {
          const before = history.watched.writes;
          await history.take(step);
          if (step.step === 'restore') restored += history.watched.writes - before;
        }
      }),
      { numRuns: share(0.1) },
    );

    expect(restored).toBeGreaterThan(share(0.02));
  });
});
