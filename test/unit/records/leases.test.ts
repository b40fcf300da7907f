import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Lease, type LeaseQuestion, type Leases, leases } from '../../../lib/records/leases.ts';
import { type RecordsWorld, recordsWorld, START } from './support.ts';

let world: RecordsWorld;
let all: Leases;

beforeAll(async () => {
  world = await recordsWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.ms = START;
  all = leases(world.table, world.clock);
});

const ask = (holder = 'run-1', name: string = randomUUID()): LeaseQuestion => ({ name, holder, holdMs: 30_000 });

async function acquired(question: LeaseQuestion): Promise<Lease> {
  const answer = await all.acquire(question);
  if (!answer.acquired) throw new Error(`held by ${answer.held.holder}`);
  return answer.lease;
}

describe('leases', () => {
  it('are for one holder at a time', async () => {
    const question = ask();
    const lease = await acquired(question);

    expect(lease).toEqual({ name: question.name, holder: 'run-1', fence: 1, expires: START + 30_000 });
    expect(await all.acquire({ ...question, holder: 'run-2' })).toEqual({ acquired: false, held: lease });
  });

  it('are given to the next with a higher fence once they expire, and never with a lower one', async () => {
    const question = ask();
    const fences = [];
    for (const holder of ['a', 'b', 'a', 'c']) {
      fences.push((await acquired({ ...question, holder })).fence);
      world.clock.ms += 30_000;
    }

    expect(fences).toEqual([1, 2, 3, 4]);
  });

  it('are given back with their fence kept', async () => {
    const question = ask();
    await all.release(await acquired(question));

    expect((await acquired({ ...question, holder: 'run-2' })).fence).toBe(2);
  });

  it('are the same to a holder who asks again', async () => {
    const question = ask();
    await acquired(question);
    world.clock.ms += 10_000;

    expect(await acquired(question)).toMatchObject({ fence: 1, expires: START + 40_000 });
  });

  it('are renewed from now, also after they expired while nobody took them', async () => {
    const lease = await acquired(ask());
    world.clock.ms += 45_000;

    expect(await all.renew(lease, 30_000)).toEqual({ ...lease, expires: START + 75_000 });
  });

  it('are not renewed, nor given back, by a former holder', async () => {
    const question = ask();
    const former = await acquired(question);
    world.clock.ms += 30_000;
    const now = await acquired({ ...question, holder: 'run-2' });

    expect(await all.renew(former, 60_000)).toBeUndefined();
    await all.release(former);
    expect(await all.acquire({ ...question, holder: 'run-3' })).toEqual({ acquired: false, held: now });
  });

  it('go to one of many who find them expired', async () => {
    const question = ask();
    await acquired(question);
    world.clock.ms += 30_000;

    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => all.acquire({ ...question, holder: `next-${n}` })));

    expect(answers.filter((answer) => answer.acquired)).toHaveLength(1);
  });

  it('are acquired once when the answer is lost', async () => {
    const question = ask();
    world.sandbox.faults.add({ service: 'dynamodb', operation: 'PutItem', effect: { kind: 'drop', when: 'after' } });

    expect((await acquired(question)).fence).toBe(1);
  });

  it('are kept without a time to live, which would end their fence', async () => {
    const { name } = await acquired(ask());

    expect(await world.table.get({ pk: `lease#${name}`, sk: 'lease' })).toEqual({
      pk: `lease#${name}`,
      sk: 'lease',
      v: 1,
      at: '2026-11-20T21:00:00.000Z',
      holder: 'run-1',
      fence: 1,
      expires: '2026-11-20T21:00:30.000Z',
    });
  });
});
