import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, journal, type StepClaim } from '../../../lib/records/journal.ts';
import { type RecordsWorld, recordsWorld, START } from './support.ts';

let world: RecordsWorld;
let steps: Journal;

beforeAll(async () => {
  world = await recordsWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.ms = START;
  steps = journal(world.table, world.clock);
});

const aStep = (holder = 'run-1', key: string = randomUUID()): StepClaim => ({
  job: 'post-deploy-smoke',
  key,
  step: 'answer',
  holder,
  holdMs: 60_000,
});

describe('journal', () => {
  it('gives a step to the first who asks', async () => {
    expect(await steps.begin(aStep())).toEqual({ state: 'fresh', attempt: 1, fence: 1 });
  });

  it('keeps the record under the words of the contract', async () => {
    const step = aStep('run-1', 'job#with#marks');

    await steps.begin(step);

    expect(await world.table.get({ pk: 'journal#post-deploy-smoke#job#with#marks', sk: 'step#answer' })).toEqual({
      pk: 'journal#post-deploy-smoke#job#with#marks',
      sk: 'step#answer',
      v: 1,
      at: '2026-11-20T21:00:00.000Z',
      until: '2026-11-20T21:01:00.000Z',
      ttl: START / 1000 + 30 * 86_400,
      outcome: 'running',
      holder: 'run-1',
      attempt: 1,
      fence: 1,
    });
  });

  it('tells others that somebody is at it', async () => {
    const step = aStep();
    await steps.begin(step);

    expect(await steps.begin({ ...step, holder: 'run-2' })).toEqual({ state: 'running', holder: 'run-1', fence: 1, until: START + 60_000 });
  });

  it('knows the holder again who repeats the question', async () => {
    const step = aStep();
    await steps.begin(step);

    expect(await steps.begin(step)).toEqual({ state: 'fresh', attempt: 1, fence: 1 });
  });

  it('tells of the end, with its detail, whoever asks', async () => {
    const step = aStep();
    await steps.begin(step);

    expect(await steps.finish({ ...step, fence: 1, outcome: 'succeeded', detail: '{"version":"2.4.1"}' })).toBe('finished');

    const finished = { state: 'finished', outcome: 'succeeded', detail: '{"version":"2.4.1"}' };
    expect(await steps.begin(step)).toEqual(finished);
    expect(await steps.begin({ ...step, holder: 'run-2' })).toEqual(finished);
  });

  it('lets somebody else try when the holder has not ended in time', async () => {
    const step = aStep();
    await steps.begin(step);
    world.clock.ms += 60_000;

    expect(await steps.begin({ ...step, holder: 'run-2' })).toEqual({ state: 'fresh', attempt: 2, fence: 2 });
    expect(await steps.begin(step)).toMatchObject({ state: 'running', holder: 'run-2', fence: 2 });
  });

  it('does not let the former holder end what was taken over', async () => {
    const step = aStep();
    await steps.begin(step);
    world.clock.ms += 60_000;
    await steps.begin({ ...step, holder: 'run-2' });

    expect(await steps.finish({ ...step, fence: 1, outcome: 'failed' })).toBe('lost');
    expect(await steps.finish({ ...step, fence: 2, outcome: 'succeeded' })).toBe('finished');
  });

  it('takes an end that is told twice for one, and another end for lost', async () => {
    const step = aStep();
    await steps.begin(step);
    await steps.finish({ ...step, fence: 1, outcome: 'succeeded' });

    expect(await steps.finish({ ...step, fence: 1, outcome: 'succeeded' })).toBe('finished');
    expect(await steps.finish({ ...step, fence: 1, outcome: 'failed' })).toBe('lost');
  });

  it('lets one of many take a lapsed step over', async () => {
    const step = aStep();
    await steps.begin(step);
    world.clock.ms += 60_000;

    const all = await Promise.all(Array.from({ length: 6 }, (_, n) => steps.begin({ ...step, holder: `next-${n}` })));

    expect(all.filter(({ state }) => state === 'fresh')).toHaveLength(1);
    expect(all.filter(({ state }) => state === 'running')).toHaveLength(5);
  });

  it('begins again when the memory of a step has run out', async () => {
    const step = aStep();
    await steps.begin(step);
    await steps.finish({ ...step, fence: 1, outcome: 'succeeded' });
    world.clock.ms += 31 * 86_400_000;

    expect(await steps.begin({ ...step, holder: 'run-2' })).toEqual({ state: 'fresh', attempt: 1, fence: 1 });
  });

  it.each(['before', 'after'] as const)('begins once when the connection is cut %s the work', async (when) => {
    const step = aStep();
    world.sandbox.faults.add({ service: 'dynamodb', operation: 'PutItem', effect: { kind: 'drop', when } });

    expect(await steps.begin(step)).toEqual({ state: 'fresh', attempt: 1, fence: 1 });
    expect(await steps.begin({ ...step, holder: 'run-2' })).toMatchObject({ state: 'running', holder: 'run-1' });
  });

  it('ends once when the answer to the end is lost', async () => {
    const step = aStep();
    await steps.begin(step);
    world.sandbox.faults.add({ service: 'dynamodb', operation: 'UpdateItem', effect: { kind: 'drop', when: 'after' } });

    expect(await steps.finish({ ...step, fence: 1, outcome: 'succeeded' })).toBe('finished');
  });

  it('does not begin what a newer program has written', async () => {
    const step = aStep();
    const key = { pk: `journal#${step.job}#${step.key}`, sk: 'step#answer' };
    await world.table.put({ ...key, v: 2, at: '2026-11-20T21:00:00Z', outcome: 'running' });

    await expect(steps.begin(step)).rejects.toMatchObject({ code: 'bad_record', newer: true, key });
  });
});
