import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scaleConfig } from '../../../functions/scale-dev-nightly/config.ts';
import { scaleDevNightly } from '../../../functions/scale-dev-nightly/job.ts';
import type { ParameterSource } from '../../../lib/platform/parameters.ts';
import { recordingMetrics } from '../../support/recorders.ts';
import { aCronJob, aDeployment } from '../../support/workloads.ts';
import { FunctionWorld } from './function-world.ts';

const noParameters: ParameterSource = {
  get: () => Promise.reject(new Error('unused')),
  secret: () => Promise.reject(new Error('unused')),
};

function configured(prices: unknown) {
  const document = { version: 1, clusters: [{ via: 'eks', name: 'dev' }], ...(prices !== undefined && { prices }) };
  return scaleConfig({ NIGHTSHIFT_STATE_BUCKET: 'state', NIGHTSHIFT_POLICY: JSON.stringify(document) }, noParameters);
}

describe('prices in the policy document', () => {
  test('are optional, in dollars unless told', async () => {
    expect(await configured(undefined)).not.toHaveProperty('prices');
    expect((await configured({ vcpuHour: 0.04, gibHour: 0.005 })).prices).toEqual({ currency: 'USD', vcpuHour: 0.04, gibHour: 0.005 });
  });

  test('that are wrong are refused, all problems together', async () => {
    const refusal = configured({ currency: 'euro', vcpuHour: -1, gbHour: 1 });

    for (const part of [
      'prices.currency: must be a currency code',
      'prices.vcpuHour: must be more than 0',
      'prices.gibHour',
      'prices.gbHour: unknown field',
    ])
      await expect(refusal).rejects.toThrow(part);
  });
});

describe('a night with prices', () => {
  let world: FunctionWorld;

  beforeAll(async () => {
    world = await FunctionWorld.start();
  });
  beforeEach(() => {
    for (const name of ['web', 'api']) world.sandbox.byHand.put(aDeployment({ name, size: 3, requests: { cpu: '250m', memory: '512Mi' } }));
    world.sandbox.byHand.put(aCronJob({ size: 1 }));
  });
  afterAll(() => world.stop());

  test('publishes who is asleep and what that saves, also when there is nothing to do, and zero in the morning', async () => {
    const config = world.config({ prices: { vcpuHour: 0.04, gibHour: 0.004 } });
    const { metrics, published } = recordingMetrics();

    await scaleDevNightly.run({ action: 'plan' }, { config, metrics });
    for (const action of ['sleep', 'sleep', 'wake']) await scaleDevNightly.run({ action }, { config, metrics });

    expect(published).toMatchObject([
      { Slept: 3, Woken: 0, Asleep: 3, SavedPerHour: 0.072 },
      { Slept: 0, Woken: 0, Asleep: 3, SavedPerHour: 0.072 },
      { Slept: 0, Woken: 3, Asleep: 0, SavedPerHour: 0 },
    ]);
  });

  test('keeps what it saves in the report that it stores', async () => {
    const config = world.config({ prices: { currency: 'EUR', vcpuHour: 0.04, gibHour: 0.004 } });

    const report = await scaleDevNightly.run({ action: 'sleep' }, { config, runId: 'priced' });

    const reports = join(world.folder, 'state', 'reports');
    expect(readdirSync(reports)).toContain('priced.json');
    expect(JSON.parse(readFileSync(join(reports, 'priced.json'), 'utf8'))).toEqual(report);
    expect(report.savings).toEqual({
      currency: 'EUR',
      perHour: 0.072,
      withoutRequests: 0,
      byNamespace: [{ cluster: 'dev', namespace: 'dev', perHour: 0.072 }],
    });
  });

  test('without them publishes no money', async () => {
    const { metrics, published } = recordingMetrics();

    await scaleDevNightly.run({ action: 'sleep' }, { config: world.config(), metrics });

    expect(published).toMatchObject([{ Asleep: 3 }]);
    expect(published[0]).not.toHaveProperty('SavedPerHour');
  });
});
