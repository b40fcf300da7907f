import { expect } from 'vitest';
import type { Report } from '../../../lib/platform/report.ts';
import type { Invocation } from './fresh-function.ts';
import type { ScaleWorld } from './scale-world.ts';
import { ASLEEP, AWAKE, sleepers } from './sleepers.ts';

/** One thing that scale-dev-nightly does with AWS. `play` starts from everybody awake and rejects when it did not go as it should. */
export interface ScaleScenario {
  readonly name: string;
  readonly play: (world: ScaleWorld) => Promise<void>;
}

const NIGHT = '2026-03-30T23:00:00+02:00';
const NOON = '2026-03-30T12:00:00+02:00';
const allAwake = [...AWAKE, ...AWAKE];
const allAsleep = [...ASLEEP, ...ASLEEP];
const all = allAwake.length;

/** Both clusters worked on, and the report in the bucket if there is to be one. */
function succeeded({ report, error, logged }: Invocation, counts: object): Report {
  expect(error).toBeUndefined();
  expect(logged).not.toContain('report could not be stored');
  expect(report).toMatchObject({ status: 'ok', counts: { clusters: 2, failed: 0, ...counts } });
  return report as Report;
}

function originalsOf(world: ScaleWorld, runId: string): readonly unknown[] {
  const { cluster, spoke } = world.places;
  return [cluster, spoke.cluster].map((name) => world.stored(`runs/${runId}/${name}/000001.json`));
}

/** The whole of what the function asks of AWS: run them all, and every call that it can make has been made. */
export const scaleScenarios: readonly ScaleScenario[] = [
  {
    name: 'plans, and changes nothing',
    play: async (world) => {
      succeeded(await world.invoke({ action: 'plan', at: NIGHT }), { planned: all, changed: 0 });

      expect(world.sizes()).toEqual(allAwake);
    },
  },
  {
    name: 'puts both clusters to sleep, their originals in the bucket first',
    play: async (world) => {
      succeeded(await world.invoke({ action: 'sleep', runId: 'sleep-1' }), { slept: all });

      expect(world.sizes()).toEqual(allAsleep);
      for (const document of originalsOf(world, 'sleep-1'))
        expect(document).toMatchObject({ runId: 'sleep-1', entries: expect.any(Array) });
    },
  },
  {
    name: 'wakes both clusters',
    play: async (world) => {
      await world.invoke({ action: 'sleep' });

      succeeded(await world.invoke({ action: 'wake' }), { woken: all });

      expect(world.sizes()).toEqual(allAwake);
    },
  },
  {
    name: 'reconciles at night and at noon',
    play: async (world) => {
      succeeded(await world.invoke({ at: NIGHT }), { slept: all });
      expect(world.sizes()).toEqual(allAsleep);

      succeeded(await world.invoke({ at: NOON }), { woken: all });
      expect(world.sizes()).toEqual(allAwake);
    },
  },
  {
    name: 'restores a run from its originals alone',
    play: async (world) => {
      await world.invoke({ action: 'sleep', runId: 'restore-1' });
      // Somebody replaced the objects: the records on them are gone.
      for (const cluster of world.clusters) for (const object of sleepers(0)) cluster.byHand.put(object);

      succeeded(await world.invoke({ action: 'restore', runId: 'restore-1' }), { woken: all });

      expect(world.sizes()).toEqual(allAwake);
    },
  },
  {
    name: 'takes a repeated delivery for the same run',
    play: async (world) => {
      succeeded(await world.invoke({ action: 'sleep', runId: 'twice-1' }), { slept: all });

      succeeded(await world.invoke({ action: 'sleep', runId: 'twice-1' }), { changed: 0 });

      expect([world.stored('reports/twice-1.json'), world.stored('reports/twice-1.2.json')]).toMatchObject([
        { counts: { slept: all } },
        { counts: { slept: 0 } },
      ]);
    },
  },
  {
    name: 'keeps its report in the bucket',
    play: async (world) => {
      const report = succeeded(await world.invoke({ action: 'sleep', runId: 'report-1' }), { slept: all });

      expect(world.stored('reports/report-1.json')).toEqual(report);
    },
  },
  ...lostAnswers(),
  {
    name: 'tells Slack of a failed run',
    play: async (world) => {
      const told = world.slack.requests.length;
      for (const cluster of world.clusters) cluster.faults.add({ verb: 'list', status: 503, times: Number.POSITIVE_INFINITY });

      const { error } = await world.invoke({ action: 'sleep' });

      expect(error?.name).toBe('RunFailedError');
      expect(world.slack.requests.slice(told)).toMatchObject([{ path: '/services/webhook', body: expect.stringContaining('failed') }]);
    },
  },
  {
    name: 'says that a run has no originals, and which runs have',
    play: async (world) => {
      await world.invoke({ action: 'sleep', runId: 'known-1' });

      const { report, error } = await world.invoke({ action: 'restore', runId: 'nobody-ran-this' });

      expect(error).toBeUndefined();
      expect(report).toMatchObject({ status: 'failed', summary: expect.stringContaining('cannot restore run nobody-ran-this') });
      expect(report?.items[0]).toMatchObject({ hint: expect.stringContaining('the latest runs known there: ') });
    },
  },
];

/** S3 did the write and its answer was lost: the repeated write meets the first one, and reads whose it is. */
function lostAnswers(): readonly ScaleScenario[] {
  const lost = (world: ScaleWorld, key: string): void => {
    const { stateBucket, statePrefix } = world.places;
    const resource = [stateBucket, statePrefix, key].filter((part) => part !== '').join('/');
    world.world.aws.faults.add({ service: 's3', operation: 'PutObject', resource, effect: { kind: 'drop', when: 'after' } });
  };
  return [
    {
      name: 'knows its own originals after a lost answer',
      play: async (world) => {
        lost(world, `runs/lost-1/${world.places.cluster}/000001.json`);

        succeeded(await world.invoke({ action: 'sleep', runId: 'lost-1' }), { slept: all });

        expect(world.stored(`runs/lost-1/${world.places.cluster}/000002.json`)).toBeUndefined();
      },
    },
    {
      name: 'knows its own report after a lost answer',
      play: async (world) => {
        lost(world, 'reports/lost-2.json');

        succeeded(await world.invoke({ action: 'sleep', runId: 'lost-2' }), { slept: all });

        expect(world.stored('reports/lost-2.2.json')).toBeUndefined();
      },
    },
  ];
}
