import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCronJob, aDeployment, aNamespace, aScaledObject } from '../../support/workloads.ts';
import { FunctionWorld, invoke } from './function-world.ts';

let world: FunctionWorld;

beforeEach(async () => {
  world = await FunctionWorld.start();
  world.putDeployments('web');
});
afterEach(() => world.stop());

const d = (annotations: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`downscaler/${name}`, value]));

describe('objects that cannot be understood', () => {
  test('stay awake, are reported one by one, and the rest sleeps', async () => {
    const bad: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      spec: { uptime: 'Mon-Fri 7-19' },
      grace: { 'grace-period': 'soon' },
      replicas: { 'downtime-replicas': '50%' },
      record: { 'original-replicas': 'three' },
      huge: { downtime: 'x'.repeat(200_000) },
    };
    for (const [name, annotations] of Object.entries(bad)) world.sandbox.byHand.put(aDeployment({ name, annotations: d(annotations) }));

    const { report } = await invoke({ action: 'sleep' }, { config: world.config() });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, problems: 5, failed: 0 } });
    for (const name of Object.keys(bad)) {
      expect(report?.items.find(({ ref }) => ref === `dev/dev/Deployment/${name}`)?.problems, name).toHaveLength(1);
    }
    expect(world.sizes()).toEqual({ web: 0, spec: 3, grace: 3, replicas: 3, record: 3, huge: 3 });
    expect(JSON.stringify(report).length).toBeLessThan(10_000);
  });

  test('are told of by Events on the objects', async () => {
    world.sandbox.byHand.put(aDeployment({ name: 'spec', annotations: d({ uptime: 'Mon-Fri 7-19' }) }));

    await invoke({ action: 'sleep' }, { config: world.config() });

    const events = world.sandbox.snapshot().filter(({ kind }) => kind === 'Event');
    expect(events).toMatchObject([{ type: 'Warning', involvedObject: { kind: 'Deployment', name: 'spec' }, reason: 'SleepPolicy' }]);
  });

  test('a namespace that cannot be understood stays awake, the others sleep', async () => {
    world.sandbox.byHand.put(aNamespace('odd', d({ downtime: 'bogus' })));
    world.sandbox.byHand.put(aDeployment({ namespace: 'odd' }));

    const { report } = await invoke({ action: 'sleep' }, { config: world.config() });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, problems: 1 } });
    expect([world.sizes('odd'), world.sizes()]).toEqual([{ web: 3 }, { web: 0 }]);
  });
});

describe('namespaces that were named', () => {
  const named = { policy: { gracePeriodSeconds: 0, namespaces: ['closed', 'dev'] } };

  test('one that may not be read keeps what it has, the others sleep', async () => {
    world.sandbox.byHand.put(aNamespace('closed'));
    world.sandbox.byHand.put(aDeployment({ namespace: 'closed' }));
    world.sandbox.faults.add({ verb: 'get', resource: 'namespaces', name: 'closed', status: 403, times: Number.POSITIVE_INFINITY });

    const { report } = await invoke({ action: 'sleep' }, { config: world.config(named) });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, problems: 0, failed: 1 } });
    expect(report?.items.find(({ action }) => action === 'failed')?.reason).toMatch(/namespaces.*closed.*verbs: \["get"\]/);
    expect([world.sizes('closed'), world.sizes()]).toEqual([{ web: 3 }, { web: 0 }]);
  });

  test('when none may be read, the cluster failed', async () => {
    world.sandbox.faults.add({ verb: 'get', resource: 'namespaces', status: 403, times: Number.POSITIVE_INFINITY });

    const { error } = await invoke({ action: 'sleep' }, { config: world.config(named) });

    expect(error?.message).toMatch(/^scale-dev-nightly failed: /);
    expect(world.sizes()).toEqual({ web: 3 });
  });
});

describe('a kind that cannot be listed', () => {
  test('does not keep the others asleep', async () => {
    world.sandbox.byHand.put(aCronJob({ name: 'report' }));
    await invoke({ action: 'sleep' }, { config: world.config() });
    world.sandbox.faults.add({ verb: 'list', resource: 'cronjobs', status: 500, times: Number.POSITIVE_INFINITY });

    const { report } = await invoke({ action: 'wake' }, { config: world.config() });

    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 1, failed: 1 } });
    expect(report?.summary).toContain('1 lookup failed');
    expect(world.sizes()).toEqual({ web: 3 });
  });
});

describe('a cluster with KEDA', () => {
  const sizesAfter = async (event: object): Promise<Readonly<Record<string, number | undefined>>> => {
    await invoke(event, { config: world.config() });
    return world.sizes();
  };

  test('keeps the targets of ScaledObjects awake, and wakes those that were put to sleep before', async () => {
    world.putDeployments('scaled');
    await sizesAfter({ action: 'sleep' });
    world.sandbox.byHand.put(aScaledObject('queue', { name: 'scaled' }));

    expect(await sizesAfter({ action: 'sleep' })).toEqual({ web: 0, scaled: 3 });
    expect(await sizesAfter({ action: 'sleep' })).toEqual({ web: 0, scaled: 3 });
    expect(await sizesAfter({ action: 'wake' })).toEqual({ web: 3, scaled: 3 });
  });

  test('that does not let its ScaledObjects be listed: a warning names the rule, the rest of the night goes on', async () => {
    world.sandbox.faults.add({ verb: 'list', resource: 'scaledobjects', status: 403, times: Number.POSITIVE_INFINITY });

    const { report } = await invoke({ action: 'sleep' }, { config: world.config() });

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1, problems: 0, failed: 0 } });
    expect(report?.items).toContainEqual({
      ref: 'dev/configuration',
      action: 'warning',
      reason: expect.stringContaining('rule {apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs: ["list"]}'),
    });
  });

  test('that fails to list them: nothing with replicas falls asleep, and what slept is woken when asked', async () => {
    world.sandbox.byHand.put(aCronJob({ name: 'report' }));
    const failure = { verb: 'list', resource: 'scaledobjects', status: 500, times: Number.POSITIVE_INFINITY } as const;
    world.sandbox.faults.add(failure);

    const { report } = await invoke({ action: 'sleep' }, { config: world.config() });
    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, failed: 1 } });
    expect(world.sizes()).toEqual({ web: 3 });

    world.sandbox.faults.clear();
    await sizesAfter({ action: 'sleep' });
    world.sandbox.faults.add(failure);
    expect(await sizesAfter({ action: 'wake' })).toEqual({ web: 3 });
  });
});

test('a cluster without KEDA, which knows no ScaledObjects, is none the wiser', async () => {
  const { report } = await invoke({ action: 'sleep' }, { config: world.config() });

  expect(world.sandbox.requests.log.filter(({ resource }) => resource === 'scaledobjects').map(({ status }) => status)).toEqual([404]);
  expect(report).toMatchObject({ status: 'ok', counts: { slept: 1 } });
  expect(report?.items.filter(({ action }) => action !== 'sleep')).toEqual([]);
});

describe('large and many', () => {
  test('an object of 1 MB sleeps and wakes with a patch of a few bytes, unchanged', async () => {
    const large = aDeployment({ name: 'large', size: 2 });
    const [container] = large.spec?.template.spec?.containers ?? [];
    if (container) container.env = Array.from({ length: 256 }, (_, number) => ({ name: `VALUE_${number}`, value: 'v'.repeat(4_096) }));
    world.sandbox.byHand.put(large);
    const specOf = (): unknown => (world.sandbox.byHand.get('apps/v1', 'Deployment', 'dev', 'large') as { spec?: unknown }).spec;
    const before = specOf();

    const slept = await invoke({ action: 'sleep' }, { config: world.config() });
    expect(world.sizes()).toEqual({ web: 0, large: 0 });
    const woken = await invoke({ action: 'wake' }, { config: world.config() });

    expect([slept.report?.status, woken.report?.status]).toEqual(['ok', 'ok']);
    expect(specOf()).toEqual(before);
  });

  test('lists that go over several pages, one of them expired in the middle', async () => {
    for (let number = 0; number < 600; number++) world.sandbox.byHand.put(aCronJob({ name: `job-${number}` }));
    world.sandbox.faults.add({ verb: 'list', resource: 'cronjobs', continued: true, status: 410 });

    const { report } = await invoke({ action: 'sleep' }, { config: world.config({ concurrency: 16 }) });

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 601, failed: 0 } });
  });

  test('the longest names that Kubernetes takes', async () => {
    const name = `${'n'.repeat(63)}.${'m'.repeat(63)}.${'o'.repeat(63)}.${'p'.repeat(61)}`;
    world.sandbox.byHand.put(aDeployment({ name, annotations: d({ 'grace-period': 'soon' }) }));

    const { report } = await invoke(
      { action: 'sleep' },
      { config: world.config({ policy: { gracePeriodSeconds: 0, events: 'changes' } }) },
    );

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, problems: 1 } });
  });
});

describe('things that go away in the middle', () => {
  test('a namespace that vanishes between the look and the write: the rest sleeps', async () => {
    for (const name of ['a', 'b', 'c']) world.sandbox.byHand.put(aDeployment({ namespace: 'doomed', name }));
    // While the first write waits, its namespace goes.
    world.sandbox.faults.add({ verb: 'patch', delayMs: 40, times: Number.POSITIVE_INFINITY });
    const running = invoke({ action: 'sleep' }, { config: world.config({ concurrency: 1 }) });
    while (!world.sandbox.requests.log.some(({ verb, resource }) => verb === 'list' && resource === 'cronjobs'))
      await new Promise((resolve) => setTimeout(resolve, 2));
    for (const name of ['a', 'b', 'c']) world.sandbox.byHand.remove('apps/v1', 'Deployment', 'doomed', name);
    world.sandbox.byHand.remove('v1', 'Namespace', undefined, 'doomed');

    const { report } = await running;

    expect(report).toMatchObject({ status: 'ok', counts: { failed: 0 } });
    expect(report?.items.filter(({ reason }) => reason === 'it was deleted meanwhile').length).toBeGreaterThan(0);
    expect(world.sizes()).toEqual({ web: 0 });
  });
});

describe('when the time is short', () => {
  test('what was not reached is reported as left, and the next run finishes', async () => {
    world.putDeployments('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    world.sandbox.faults.add({ verb: 'patch', delayMs: 140, times: Number.POSITIVE_INFINITY });

    const { report } = await invoke({ action: 'sleep' }, { config: world.config({ concurrency: 1 }), remainingMs: 1_250 });
    world.sandbox.faults.clear();

    expect(report?.status).toBe('degraded');
    expect(report?.remaining).toBeGreaterThan(0);
    expect(report?.counts).toMatchObject({ failed: 0 });
    expect((report?.counts.slept ?? 0) + (report?.remaining ?? 0)).toBe(9);
    const { report: next } = await invoke({ action: 'sleep' }, { config: world.config() });
    expect(next).toMatchObject({ status: 'ok', remaining: 0 });
    const { report: woken } = await invoke({ action: 'wake' }, { config: world.config() });
    expect(woken?.counts.woken).toBe(9);
    expect(new Set(Object.values(world.sizes()))).toEqual(new Set([3]));
  });
});
