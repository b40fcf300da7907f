import { describe, expect, test } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import type { Decision } from '../../../lib/sleep/decision.ts';
import { openLedger, readLedger, UnknownRunError } from '../../../lib/sleep/ledger.ts';
import { readWorkload } from '../../../lib/sleep/read-workload.ts';
import { CallFaults } from '../../support/model-faults.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { aDeployment } from '../../support/workloads.ts';

const { signal } = new AbortController();
const cluster = 'arn:aws:eks:eu-central-1:1:cluster/dev';
const folder = `runs/r1/${encodeURIComponent(cluster)}/`;
const now = (): number => Date.parse('2026-03-30T23:00:00Z');
const open = (state: ModelState, faults?: CallFaults) => openLedger(state.store(faults), { runId: 'r1', cluster, now });
const read = (state: ModelState, runId = 'r1') => readLedger(state.store(), { runId, cluster }, signal);

function sleepOf(name: string, original: number, from = original): Decision {
  const workload = readWorkload('Deployment', aDeployment({ name, size: from }));
  return { workload, action: 'sleep', from, to: 0, original, reason: 'test', takesPart: true, problems: [], warnings: [] };
}

describe('the ledger of a run', () => {
  test('gives back every original', async () => {
    const state = new ModelState();

    await open(state).record([sleepOf('web', 3), sleepOf('api', 5, 2)], signal);

    expect(state.keys()).toEqual([`${folder}000001.json`]);
    const { entries, problems } = await read(state);
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      { kind: 'Deployment', namespace: 'dev', name: 'web', uid: '', from: 3, to: 0, original: 3 },
      { kind: 'Deployment', namespace: 'dev', name: 'api', uid: '', from: 2, to: 0, original: 5 },
    ]);
  });

  test('only ever adds documents; of two that speak of one object the later holds', async () => {
    const state = new ModelState();
    const ledger = open(state);

    await ledger.record([sleepOf('web', 3), sleepOf('api', 1)], signal);
    await Promise.all([ledger.record([sleepOf('web', 4)], signal), ledger.record([sleepOf('job', 2)], signal)]);

    expect(state.keys()).toHaveLength(3);
    expect(Object.fromEntries((await read(state)).entries.map(({ name, original }) => [name, original]))).toEqual({
      web: 4,
      api: 1,
      job: 2,
    });
  });

  test('of a repeated delivery goes on after the documents of the first', async () => {
    const state = new ModelState();
    await open(state).record([sleepOf('web', 3)], signal);

    await open(state).record([sleepOf('api', 2)], signal);

    expect(state.keys()).toEqual([`${folder}000001.json`, `${folder}000002.json`]);
    expect((await read(state)).entries).toHaveLength(2);
  });

  test('is durable even when the answer to its write was lost and repeated', async () => {
    const state = new ModelState();

    await open(state, new CallFaults(new Map([[1, { kind: 'repeated' }]]))).record([sleepOf('web', 3)], signal);

    expect((await read(state)).entries).toMatchObject([{ name: 'web', original: 3 }]);
  });

  test('says in each document which cluster it was written on, and asks once', async () => {
    const state = new ModelState();
    let asked = 0;
    const identity = async (): Promise<string> => `uid-${++asked}`;
    const ledger = openLedger(state.store(), { runId: 'r1', cluster, now, identity });

    await ledger.record([sleepOf('web', 3)], signal);
    await ledger.record([sleepOf('api', 2)], signal);

    expect(asked).toBe(1);
    expect(await read(state)).toMatchObject({ clusterUids: ['uid-1'], unnamed: false });
  });

  test('is as good where the cluster does not say which one it is', async () => {
    const state = new ModelState();
    await openLedger(state.store(), { runId: 'r1', cluster, now, identity: async () => undefined }).record([sleepOf('web', 3)], signal);

    expect(await read(state)).toMatchObject({ entries: [{ name: 'web' }], clusterUids: [], unnamed: true });
  });

  test('keeps the order of its documents beyond nine', async () => {
    const state = new ModelState();
    const ledger = open(state);
    for (let size = 1; size <= 12; size++) await ledger.record([sleepOf('web', size)], signal);

    expect((await read(state)).entries).toMatchObject([{ original: 12 }]);
  });
});

describe('reading a ledger', () => {
  test('of an unknown run names the latest runs of that cluster', async () => {
    const state = new ModelState();
    for (const runId of ['20260101T000000Z-a', '20260102T000000Z-b'])
      await openLedger(state.store(), { runId, cluster, now }).record([sleepOf('web', 3)], signal);
    await openLedger(state.store(), { runId: '20260103T000000Z-c', cluster: 'other', now }).record([sleepOf('web', 3)], signal);

    const error = await read(state, 'mistyped').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(UnknownRunError);
    expect(error).toMatchObject({
      code: 'bad_input',
      message: `cannot restore run mistyped on cluster ${cluster}: memory holds no originals of it`,
      hint: 'the latest runs known there: 20260102T000000Z-b, 20260101T000000Z-a',
    });
  });

  test('says when no run is known at all', async () => {
    await expect(read(new ModelState())).rejects.toMatchObject({ hint: expect.stringContaining('check the state location') });
  });

  test.each([
    '',
    'not JSON',
    '{"version":1}',
    '{"version":2,"entries":[]}',
    '[]',
    '{"version":1,"runId":"r1","cluster":"c","at":"x","entries":[{"kind":"Pod"}]}',
  ])('passes over the damaged document %j and says which it was', async (body) => {
    const state = new ModelState();
    await open(state).record([sleepOf('web', 3)], signal);
    state.overwrite(`${folder}000002.json`, body);

    const { entries, problems } = await read(state);

    expect(entries).toMatchObject([{ name: 'web', original: 3 }]);
    expect(problems).toEqual([expect.stringContaining(`${folder}000002.json cannot be read`)]);
  });

  test('refuses when nothing of it can be read, and says what else to do', async () => {
    const state = new ModelState();
    state.overwrite(`${folder}000001.json`, '{');

    const error = await read(state).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(BadInputError);
    expect(error).toMatchObject({ message: expect.stringContaining('damaged'), hint: expect.stringContaining('nightshift wake') });
  });
});
