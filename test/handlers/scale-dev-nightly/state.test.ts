import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { documentedPolicy } from '../../support/iam/documented-policy.ts';
import { aDeployment } from '../../support/workloads.ts';
import { FunctionWorld, invoke } from './function-world.ts';

let world: FunctionWorld;
let aws: AwsSandbox;

beforeAll(async () => {
  world = await FunctionWorld.start();
  const policy = documentedPolicy({ BUCKET: ['state', 'nowhere'], PREFIX: 'nightshift', CLUSTER: [], ROLEARN: [] });
  aws = await startAwsSandbox({ buckets: ['state'], policies: [policy] });
});
beforeEach(() => {
  for (const [name, value] of Object.entries(aws.env())) vi.stubEnv(name, value);
  world.sandbox.byHand.put(aDeployment({ name: 'web', size: 3 }));
  const sleeper = { 'downscaler/original-replicas': '2', 'downscaler/uptime': 'always' };
  world.sandbox.byHand.put(aDeployment({ name: 'sleeper', size: 0, annotations: sleeper }));
});
afterEach(() => {
  aws.faults.clear();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await aws.close();
  await world.stop();
});

const nightly = { gracePeriodSeconds: 0, scopes: [{ label: 'flags', downtime: 'always' }] };
const inS3 = (bucket = 'state') => world.config({ policy: nightly, state: { via: 's3', bucket, prefix: 'nightshift' } });

describe('originals in S3', () => {
  test('are stored under the run before anything sleeps, and restore it alone', async () => {
    const { report } = await invoke({ runId: 'night-1' }, { config: inS3() });
    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1, woken: 1 } });
    expect([...(aws.objectsIn('state')?.keys() ?? [])].sort()).toEqual([
      'nightshift/reports/night-1.json',
      'nightshift/runs/night-1/dev/000001.json',
    ]);

    // Somebody replaces the object: the record is gone.
    world.sandbox.byHand.put(aDeployment({ name: 'web', size: 0 }));
    const restored = await invoke({ action: 'restore', runId: 'night-1' }, { config: inS3() });

    expect(restored.report).toMatchObject({ status: 'ok', counts: { woken: 1 } });
    expect(world.sizes()).toEqual({ sleeper: 2, web: 3 });
  });

  test.each([
    [
      'refuses',
      () => aws.faults.add({ service: 's3', operation: 'PutObject', times: 99, effect: { kind: 'error', code: 'AccessDenied' } }),
      'state',
      's3:PutObject',
    ],
    ['does not exist', () => {}, 'nowhere', 'create the bucket nowhere'],
    [
      'is in trouble',
      () => aws.faults.add({ service: 's3', times: 99, effect: { kind: 'error', code: 'InternalError' } }),
      'state',
      'again',
    ],
  ])('a state bucket that %s: nothing sleeps, sleepers wake, and the report says what to do', async (_, arrange, bucket, advice) => {
    arrange();

    const { report } = await invoke({}, { config: inS3(bucket) });

    expect(world.sizes()).toEqual({ sleeper: 2, web: 3 });
    expect(report).toMatchObject({ status: 'degraded', counts: { woken: 1, slept: 0, failed: 1 } });
    const failed = report?.items.find(({ action }) => action === 'failed');
    expect(failed?.reason).toContain('original could not be stored first');
    expect(failed?.reason).toContain(advice);
  });
});

describe('reports in the state bucket', () => {
  const stored = (key: string): unknown => {
    const object = aws.objectsIn('state')?.get(key);
    return object && JSON.parse(String(object.body));
  };

  test('are what the handler returned, under the run id; plans and dry runs leave none', async () => {
    const { report } = await invoke({ runId: 'night-2' }, { config: inS3() });
    await invoke({ runId: 'night-3', dryRun: true }, { config: inS3() });
    await invoke({ runId: 'night-4', action: 'plan' }, { config: inS3() });

    expect(stored('nightshift/reports/night-2.json')).toEqual(report);
    expect([...(aws.objectsIn('state')?.keys() ?? [])].filter((key) => /night-[34]/.test(key))).toEqual([]);
  });

  test('that the bucket refuses are a warning and change nothing about the run', async () => {
    world.sandbox.byHand.put(aDeployment({ name: 'web', size: 0, annotations: { 'downscaler/original-replicas': '3' } }));
    aws.faults.add({ service: 's3', operation: 'PutObject', times: 99, effect: { kind: 'error', code: 'AccessDenied' } });

    const { report, logged } = await invoke({ action: 'wake' }, { config: inS3() });

    expect(report).toMatchObject({ status: 'ok', counts: { woken: 2, failed: 0 } });
    const lines = logged
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ message }) => message === 'report could not be stored')).toMatchObject([
      { level: 'WARN', location: 's3://state/nightshift', hint: expect.stringContaining('s3:PutObject') },
    ]);
  });

  test('of two deliveries of one run at the same time are both kept, and the originals are those of before', async () => {
    const config = inS3();
    const event = { action: 'sleep', runId: 'twice' };

    const both = await Promise.all([invoke(event, { config }), invoke(event, { config })]);

    expect(both.map(({ report }) => report?.runId)).toEqual(['twice', 'twice']);
    expect(world.sizes().web).toBe(0);
    expect(stored('nightshift/reports/twice.json')).toMatchObject({ runId: 'twice' });
    expect(stored('nightshift/reports/twice.2.json')).toMatchObject({ runId: 'twice' });
    await invoke({ action: 'restore', runId: 'twice' }, { config });
    expect(world.sizes().web).toBe(3);
  });
});

describe('originals in a directory', () => {
  test('have the reports beside them, as in the bucket', async () => {
    const path = join(world.folder, 'beside');

    const { report } = await invoke({ runId: 'night-5' }, { config: world.config({ policy: nightly, state: { via: 'directory', path } }) });

    expect(JSON.parse(readFileSync(join(path, 'reports', 'night-5.json'), 'utf8'))).toEqual(report);
  });

  test('that cannot be written: nothing sleeps, and the report says what to do', async () => {
    const path = join(world.folder, 'a-file');
    writeFileSync(path, 'in the way');

    const { report } = await invoke(
      {},
      { config: world.config({ policy: nightly, state: { via: 'directory', path: join(path, 'state') } }) },
    );

    expect(world.sizes()).toEqual({ sleeper: 2, web: 3 });
    expect(report?.items.find(({ action }) => action === 'failed')?.reason).toContain('a file stands where a directory is needed');
  });
});
