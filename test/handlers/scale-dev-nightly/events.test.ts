import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FunctionWorld, invoke } from './function-world.ts';

let world: FunctionWorld;

beforeAll(async () => {
  world = await FunctionWorld.start();
});
beforeEach(() => world.putDeployments('web', 'api'));
afterAll(() => world.stop());

describe('the event', () => {
  test('sleep and wake put everything down and back up', async () => {
    const config = world.config();

    const slept = await invoke({ action: 'sleep' }, { config });
    expect(slept.report).toMatchObject({ job: 'scale-dev-nightly', status: 'ok', counts: { slept: 2 }, remaining: 0 });
    expect(world.sizes()).toEqual({ api: 0, web: 0 });

    const woken = await invoke({ action: 'wake' }, { config });
    expect(woken.report).toMatchObject({ status: 'ok', counts: { woken: 2 } });
    expect(world.sizes()).toEqual({ api: 3, web: 3 });
  });

  test('none at all means reconcile, which without a schedule changes nothing', async () => {
    for (const event of [undefined, null, {}]) {
      const { report } = await invoke(event, { config: world.config() });
      expect(report).toMatchObject({ status: 'ok', counts: { changed: 0, observed: 2 } });
    }
  });

  test('`at` replaces the clock in the decision', async () => {
    const config = world.config({
      policy: { gracePeriodSeconds: 0, scopes: [{ label: 'flags', uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin' }] },
    });

    const noon = await invoke({ action: 'plan', at: '2026-03-30T12:00:00+02:00' }, { config });
    const night = await invoke({ action: 'plan', at: '2026-03-30T23:00:00+02:00' }, { config });
    const toTheMinute = await invoke({ action: 'plan', at: '2026-03-30T20:00Z' }, { config });

    expect(noon.report?.counts.planned).toBe(0);
    expect(night.report?.counts.planned).toBe(2);
    expect(toTheMinute.report?.counts.planned).toBe(2);
  });

  test('plan and dryRun change nothing and write no state', async () => {
    const config = world.config();
    world.sandbox.requests.reset();

    await invoke({ action: 'plan' }, { config });
    const { report } = await invoke({ action: 'sleep', dryRun: true }, { config });

    expect(report?.counts.planned).toBe(2);
    expect(world.sandbox.requests.byVerb).toEqual({ list: 10 });
  });

  test('restores by run id, and a repeated delivery with one run id is one run', async () => {
    const config = world.config();
    const first = await invoke({ action: 'sleep', runId: 'night-1' }, { config });
    const again = await invoke({ action: 'sleep', runId: 'night-1' }, { config });
    expect(first.report).toMatchObject({ runId: 'night-1', counts: { slept: 2 } });
    expect(again.report).toMatchObject({ runId: 'night-1', counts: { changed: 0 } });

    const { report } = await invoke({ action: 'restore', runId: 'night-1' }, { config });

    expect(report).toMatchObject({ status: 'ok', counts: { woken: 2 } });
    expect(world.sizes()).toEqual({ api: 3, web: 3 });
  });
});

const long = 'x'.repeat(300);

describe('an event that can never succeed is answered, not retried', () => {
  test.each([
    ['an unknown field', { actoin: 'sleep' }, 'actoin'],
    ['an unknown action', { action: 'hibernate' }, 'action'],
    ['an unknown cluster', { cluster: 'prod' }, 'cluster prod is not configured'],
    ['a cluster name of 300 characters', { cluster: long }, 'is not configured'],
    ['an instant without a zone', { at: '2026-03-30T12:00:00' }, 'at'],
    ['a day that does not exist', { at: '2026-02-30T12:00:00Z' }, 'at: must be an instant'],
    ['no namespaces', { namespaces: [] }, 'namespaces'],
    ['a run id of 300 characters', { action: 'restore', runId: long }, 'runId'],
    ['a run id that is a path', { runId: '../../etc' }, 'runId'],
    ['restore without a run', { action: 'restore' }, 'restore needs a runId'],
    ['restore of an unknown run', { action: 'restore', runId: 'nope' }, 'cannot restore run nope'],
    ['text', 'sleep', 'event'],
    ['a list', [], 'event'],
  ])('%s', async (_, event, why) => {
    world.sandbox.requests.reset();

    const { report, error } = await invoke(event, { config: world.config() });

    expect(error).toBeUndefined();
    expect(report).toMatchObject({ status: 'failed', counts: { failed: 1 } });
    expect(report?.summary).toContain(why);
    expect(report?.items[0]).toMatchObject({ hint: expect.any(String) });
    expect(world.sandbox.requests.byVerb.patch).toBeUndefined();
  });

  test('a namespace outside of the configured ones', async () => {
    const config = world.config({ policy: { namespaces: ['dev'] } });

    const { report } = await invoke({ action: 'sleep', namespaces: ['dev', 'prod'] }, { config });

    expect(report).toMatchObject({ status: 'failed', summary: 'namespace prod is outside of the configured ones' });
  });
});

describe('namespaces of the event', () => {
  test('narrow the run; a name of 300 characters is a failure of its own', async () => {
    const { report } = await invoke({ action: 'sleep', namespaces: ['dev', long] }, { config: world.config() });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 2, failed: 1 } });
    expect(report?.items).toContainEqual(
      expect.objectContaining({ action: 'failed', reason: expect.stringContaining('its name has 300 characters, Kubernetes allows 253') }),
    );
  });
});
