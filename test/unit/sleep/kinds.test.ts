import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../lib/sleep/decision.ts';
import { kindOf, kinds } from '../../../lib/sleep/kinds/kinds.ts';
import { originalOf } from '../../../lib/sleep/original.ts';
import { patchOf } from '../../../lib/sleep/patch.ts';
import { readWorkload } from '../../../lib/sleep/read-workload.ts';
import { aCronJob, aDeployment, aStatefulSet } from '../../support/workloads.ts';

const cronJob = readWorkload('CronJob', aCronJob({ size: 1 }));
const decision = (change: Partial<Decision>): Decision => ({
  workload: { ...readWorkload('Deployment', aDeployment()), resourceVersion: '7' },
  action: 'sleep',
  from: 3,
  to: 0,
  original: 3,
  reason: 'test',
  takesPart: true,
  problems: [],
  warnings: [],
  ...change,
});

describe('sizes', () => {
  test('are what the API server defaults them to', () => {
    expect(kinds.Deployment.sizeOf({ spec: {} } as object)).toBe(1);
    expect(kinds.StatefulSet.sizeOf(aStatefulSet({ size: 0 }))).toBe(0);
    expect(kinds.CronJob.sizeOf({ spec: {} } as object)).toBe(1);
    expect(kinds.CronJob.sizeOf(aCronJob({ size: 0 }))).toBe(0);
  });

  test('read as words', () => {
    expect([0, 1, 2].map(kinds.Deployment.describe)).toEqual(['0 replicas', '1 replica', '2 replicas']);
    expect([0, 1].map(kinds.CronJob.describe)).toEqual(['suspended', 'running']);
  });
});

describe('records', () => {
  test.each([
    ['Deployment', '3', 3],
    ['Deployment', '0', 0],
    ['Deployment', ' 3 ', 3],
    ['CronJob', '1', 1],
    ['CronJob', 'false', 1],
    ['CronJob', 'true', 0],
  ] as const)('of a %s: %j is %d', (kind, text, size) => {
    const object = kind === 'CronJob' ? aCronJob({ size: 0 }) : aDeployment({ size: 0 });
    const workload = { ...readWorkload(kind, object), annotations: { 'downscaler/original-replicas': text } };
    expect(originalOf(workload)).toEqual({ kind: 'recorded', size, owed: size > 0 });
  });

  test.each(['0', '2', 'yes', 'toString', 'False'])('of a CronJob: %j cannot be read', (text) => {
    expect(originalOf({ ...cronJob, annotations: { 'downscaler/original-replicas': text } })).toEqual({ kind: 'unreadable', text });
  });

  test.each(['py', 'go'] as const)('written in %s form are read again', (format) => {
    for (const [kind, sizes] of [
      ['Deployment', [0, 1, 250]],
      ['StatefulSet', [0, 1, 250]],
      ['CronJob', [1]],
    ] as const) {
      for (const size of sizes) expect(kinds[kind].parseOriginal(kinds[kind].formatOriginal(size, format))).toBe(size);
    }
  });
});

describe('the patch', () => {
  test('carries size, record and guard, and nothing else', () => {
    expect(patchOf(decision({}), 'py')).toEqual({
      metadata: { resourceVersion: '7', annotations: { 'downscaler/original-replicas': '3' } },
      spec: { replicas: 0 },
    });
  });

  test('of a wake removes the record', () => {
    expect(patchOf(decision({ action: 'wake', from: 0, to: 3, original: null }), 'py')).toEqual({
      metadata: { resourceVersion: '7', annotations: { 'downscaler/original-replicas': null } },
      spec: { replicas: 3 },
    });
  });

  test('that only drops a record leaves the spec alone', () => {
    expect(patchOf(decision({ action: 'clear', to: 3, original: null }), 'py')).not.toHaveProperty('spec');
  });

  test('of a CronJob suspends it, with the record in the format of the policy', () => {
    const change = decision({ workload: cronJob, from: 1, to: 0, original: 1 });
    expect(patchOf(change, 'py')).toMatchObject({
      spec: { suspend: true },
      metadata: { annotations: { 'downscaler/original-replicas': '1' } },
    });
    expect(patchOf(change, 'go')).toMatchObject({ metadata: { annotations: { 'downscaler/original-replicas': 'false' } } });
  });

  test('of a Deployment is small, whatever the object', () => {
    expect(JSON.stringify(patchOf(decision({}), 'py')).length).toBeLessThan(130);
  });
});

describe('the kind of an object', () => {
  test.each([
    ['apps/v1', 'Deployment', 'Deployment'],
    ['extensions/v1beta1', 'Deployment', 'Deployment'],
    ['extensions/v1beta1', 'StatefulSet', undefined],
    ['apps.kruise.io/v1beta1', 'StatefulSet', undefined],
    ['example.com/v1', 'Deployment', undefined],
    ['v1', 'Deployment', undefined],
    ['batch/v1', 'CronJob', 'CronJob'],
    ['batch.volcano.sh/v1', 'CronJob', undefined],
    [undefined, 'CronJob', 'CronJob'],
    ['', 'StatefulSet', 'StatefulSet'],
    ['apps/v1', 'DaemonSet', undefined],
  ])('%s %s', (apiVersion, kind, expected) => {
    expect(kindOf({ ...(apiVersion !== undefined && { apiVersion }), kind })).toBe(expected);
  });
});
