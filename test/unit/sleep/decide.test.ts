import { describe, expect, test } from 'vitest';
import { decide } from '../../../lib/sleep/decide.ts';
import type { Decision } from '../../../lib/sleep/decision.ts';
import { readNamespace, readWorkload } from '../../../lib/sleep/read-workload.ts';
import { compileRules } from '../../../lib/sleep/rules.ts';
import type { ScaleTargets } from '../../../lib/sleep/scale-targets.ts';
import type { Intent } from '../../../lib/sleep/wanted.ts';
import { aPolicy } from '../../support/model-night.ts';
import { aCronJob, aDeployment, aNamespace, type WorkloadWish } from '../../support/workloads.ts';

const now = Date.parse('2026-03-30T23:00:00Z');
const d = (annotations: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`downscaler/${name}`, value]));

interface Scene extends WorkloadWish {
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly ofNamespace?: Readonly<Record<string, string>>;
  readonly intent?: Intent;
  readonly cronJob?: boolean;
  readonly scaleTargets?: ScaleTargets;
}

function decided({ policy, ofNamespace, intent = 'schedule', cronJob, scaleTargets = new Map(), ...wish }: Scene): Decision {
  const namespaces = [readNamespace(aNamespace('dev', ofNamespace && d(ofNamespace)))];
  const rules = compileRules(aPolicy(policy), { namespaces, podForcingUptime: undefined, scaleTargets }, { now, intent });
  const object = { ...wish, annotations: d(wish.annotations ?? {}) };
  return decide(cronJob ? readWorkload('CronJob', aCronJob(object)) : readWorkload('Deployment', aDeployment(object)), rules);
}

describe('putting to sleep', () => {
  test('records the live size together with the smaller one', () => {
    expect(decided({ size: 3, annotations: { downtime: 'always' } })).toMatchObject({
      action: 'sleep',
      from: 3,
      to: 0,
      original: 3,
      spec: 'always',
      scope: 'workload',
    });
  });

  test('keeps as many replicas as the workload asks for, or else its namespace, or else the policy', () => {
    const annotations = { downtime: 'always' };
    expect(decided({ annotations: { ...annotations, 'downtime-replicas': '2' }, ofNamespace: { 'downtime-replicas': '1' } }).to).toBe(2);
    expect(decided({ annotations, ofNamespace: { 'downtime-replicas': '1' } }).to).toBe(1);
    expect(decided({ annotations, policy: { downtimeReplicas: 2 } }).to).toBe(2);
  });

  test('suspends a CronJob whatever the downtime replicas', () => {
    expect(decided({ cronJob: true, size: 1, annotations: { downtime: 'always', 'downtime-replicas': '1' } })).toMatchObject({
      action: 'sleep',
      to: 0,
      original: 1,
    });
  });

  test.each(['50%', 'two', '-1'])('suspends a CronJob though downtime-replicas %j is no count, as it has no replicas', (count) => {
    const asleep = { action: 'sleep', to: 0, original: 1, problems: [] };
    const nightly = { cronJob: true, size: 1, annotations: { downtime: 'always' } };

    expect(decided({ ...nightly, ofNamespace: { 'downtime-replicas': count } })).toMatchObject(asleep);
    expect(decided({ ...nightly, annotations: { downtime: 'always', 'downscale-replicas': count } })).toMatchObject(asleep);
    expect(decided({ annotations: { downtime: 'always' }, ofNamespace: { 'downtime-replicas': count } })).toMatchObject({
      action: 'none',
      to: 3,
    });
  });

  test('keeps the record of a half woken object, because it is still owed', () => {
    expect(decided({ size: 2, annotations: { downtime: 'always', 'original-replicas': '5' } })).toMatchObject({
      action: 'sleep',
      to: 0,
      original: 5,
    });
  });

  test('records the live size of an object that a person scaled up beyond its record', () => {
    expect(decided({ size: 7, annotations: { downtime: 'always', 'original-replicas': '5' } })).toMatchObject({
      action: 'sleep',
      original: 7,
    });
  });

  test('leaves alone what is small already, so that it is never woken', () => {
    expect(decided({ size: 0, annotations: { downtime: 'always' } })).toMatchObject({ action: 'none', original: null });
    expect(decided({ size: 0, cronJob: true, annotations: { downtime: 'always' } })).toMatchObject({ action: 'none', original: null });
  });

  test('waits for the grace period, which an annotation shortens or prolongs', () => {
    const createdAt = '2026-03-30T22:50:00Z';
    const young = { createdAt, policy: { gracePeriodSeconds: 900 } };
    expect(decided({ ...young, annotations: { downtime: 'always' } })).toMatchObject({ action: 'skip', to: 3 });
    expect(decided({ ...young, annotations: { downtime: 'always', 'grace-period': '5m' } }).action).toBe('sleep');
    expect(decided({ createdAt, annotations: { downtime: 'always', 'grace-period': '1h' } }).action).toBe('skip');
    expect(decided({ ...young, annotations: { downtime: 'always' }, ofNamespace: { 'grace-period': '60' } }).action).toBe('sleep');
  });
});

describe('waking', () => {
  test('restores the record, whatever the downtime replicas are by now', () => {
    expect(decided({ size: 1, annotations: { uptime: 'always', 'original-replicas': '4' } })).toMatchObject({
      action: 'wake',
      to: 4,
      original: null,
    });
  });

  test.each([1_000_000_000, 2_147_483_647])('reads back the record of %d replicas that it wrote', (size) => {
    expect(decided({ size, annotations: { downtime: 'always' } })).toMatchObject({ action: 'sleep', original: size });
    expect(decided({ size: 0, annotations: { 'original-replicas': String(size) } })).toMatchObject({ action: 'wake', to: size });
  });

  test('does not wait for the grace period', () => {
    const young = { createdAt: '2026-03-30T22:59:00Z', policy: { gracePeriodSeconds: 900 } };
    expect(decided({ ...young, size: 0, annotations: { 'original-replicas': '4' } }).action).toBe('wake');
  });

  test('drops a record that equals the live size', () => {
    expect(decided({ size: 3, annotations: { 'original-replicas': '3' } })).toMatchObject({
      action: 'clear',
      from: 3,
      to: 3,
      original: null,
    });
  });

  test('leaves count and record of an object that a person scaled up, and says so', () => {
    const drift = decided({ size: 5, annotations: { 'original-replicas': '3' } });
    expect(drift).toMatchObject({ action: 'skip', to: 5, original: 3 });
    expect(drift.warnings).toEqual([expect.stringContaining('someone scaled it up')]);
  });

  test('wakes a recorded sleeper to which no schedule applies', () => {
    expect(decided({ size: 0, annotations: { 'original-replicas': '3' } })).toMatchObject({
      action: 'wake',
      reason: 'no schedule applies',
    });
  });

  test('never un-suspends a CronJob that a person suspended', () => {
    expect(decided({ cronJob: true, size: 0 })).toMatchObject({ action: 'none', original: null });
    expect(decided({ cronJob: true, size: 0, annotations: { 'original-replicas': 'true' } })).toMatchObject({ action: 'clear', to: 0 });
  });

  test.each(['1', 'false'])('reads the record %j of a CronJob', (text) => {
    expect(decided({ cronJob: true, size: 0, annotations: { 'original-replicas': text } })).toMatchObject({ action: 'wake', to: 1 });
  });
});

describe('when unsure', () => {
  test.each(['abc', '-1', '50%', '', '3.0', '0x3', '2147483648', '9999999999'])(
    'the unreadable record %j is left alone with its object, and reported',
    (text) => {
      const decision = decided({ size: 0, annotations: { downtime: 'always', 'original-replicas': text } });
      expect(decision).toMatchObject({ action: 'skip', to: 0, original: text });
      expect(decision.problems).toHaveLength(1);
    },
  );

  test('an unreadable value of the workload keeps it awake, wakes it, and is its problem', () => {
    expect(decided({ annotations: { downtime: 'bogus' } })).toMatchObject({ action: 'none', to: 3 });
    const sleeper = decided({ size: 0, annotations: { downtime: 'bogus', 'original-replicas': '3' } });
    expect(sleeper).toMatchObject({ action: 'wake', to: 3 });
    expect(sleeper.problems).toEqual([expect.stringContaining('downscaler/downtime')]);
  });

  test('an unreadable value of the namespace keeps its workloads awake, and is told once, not once per workload', () => {
    expect(decided({ annotations: { downtime: 'always' }, ofNamespace: { 'grace-period': 'soon' } })).toMatchObject({
      action: 'none',
      problems: [],
    });
  });

  test('even an operator cannot put to sleep what cannot be read', () => {
    expect(decided({ intent: 'sleep', annotations: { uptime: 'bogus' } }).action).toBe('none');
  });
});

describe('exclusion', () => {
  test('wakes an excluded sleeper, unless the policy keeps it', () => {
    const sleeper = { size: 0, annotations: { exclude: 'true', downtime: 'always', 'original-replicas': '3' } };
    expect(decided(sleeper)).toMatchObject({ action: 'wake', to: 3 });
    expect(decided({ ...sleeper, policy: { excludedSleepers: 'keep' } })).toMatchObject({ action: 'skip', to: 0, original: 3 });
  });

  test('drops the record of an excluded one that runs as it was, unless the policy keeps what sleepers have', () => {
    const awake = { size: 3, annotations: { exclude: 'true', downtime: 'always', 'original-replicas': '3' } };
    expect(decided(awake)).toMatchObject({ action: 'clear', from: 3, to: 3, original: null });
    expect(decided({ ...awake, policy: { excludedSleepers: 'keep' } })).toMatchObject({ action: 'skip', to: 3, original: 3 });
    expect(decided({ ...awake, size: 5 })).toMatchObject({ action: 'skip', to: 5, original: 3 });
  });

  test('leaves an awake one alone whoever asks', () => {
    expect(decided({ intent: 'sleep', annotations: { exclude: 'true' } })).toMatchObject({ action: 'skip', to: 3 });
    expect(decided({ intent: 'sleep', ofNamespace: { 'exclude-until': '2099-01-01' } })).toMatchObject({ action: 'skip', to: 3 });
  });

  test('a filtered sleeper is not even woken', () => {
    const sleeper = { name: 'downscaler', size: 0, annotations: { 'original-replicas': '3' } };
    expect(decided({ ...sleeper, intent: 'wake' })).toMatchObject({ action: 'none', to: 0, original: 3 });
  });

  test('the target of a ScaledObject is left to KEDA whoever asks, woken when it sleeps, and freed of its record', () => {
    const target = { annotations: { downtime: 'always' }, scaleTargets: new Map([['dev/Deployment/web', 'queue']]) };
    const left = { action: 'skip', to: 3, reason: 'target of ScaledObject/queue: its size is left to KEDA', problems: [], warnings: [] };
    const recorded = { ...target, annotations: { ...target.annotations, 'original-replicas': '3' } };

    expect(decided(target)).toMatchObject(left);
    expect(decided({ ...target, intent: 'sleep' })).toMatchObject(left);
    expect(decided({ ...target, name: 'other' }).action).toBe('sleep');
    expect(decided({ ...recorded, size: 0 })).toMatchObject({ action: 'wake', to: 3, original: null });
    expect(decided({ ...recorded, size: 0, policy: { excludedSleepers: 'keep' } })).toMatchObject({ action: 'skip', to: 0, original: 3 });
    expect(decided(recorded)).toMatchObject({ action: 'clear', to: 3, original: null });
  });

  test('while nobody knows what KEDA scales, nothing with replicas is put to sleep, and sleepers stay as they are', () => {
    const unsure = { annotations: { downtime: 'always' }, scaleTargets: 'unknown' } as const;

    expect(decided(unsure)).toMatchObject({ action: 'skip', to: 3, reason: expect.stringContaining('KEDA may scale it') });
    expect(decided({ ...unsure, cronJob: true, size: 1 }).action).toBe('sleep');
    expect(decided({ ...unsure, size: 0, annotations: { downtime: 'always', 'original-replicas': '3' } })).toMatchObject({
      action: 'none',
      to: 0,
    });
    expect(decided({ ...unsure, size: 0, annotations: { uptime: 'always', 'original-replicas': '3' } })).toMatchObject({
      action: 'wake',
      to: 3,
    });
  });

  test('a sleeper under a controller is left to it, with a warning; an awake one without', () => {
    const owned = { ownedBy: 'Database/pg', annotations: { downtime: 'always', 'original-replicas': '3' } };
    expect(decided({ ...owned, size: 0 })).toMatchObject({ action: 'skip', warnings: [expect.stringContaining('is asleep')] });
    expect(decided({ ...owned, size: 3 })).toMatchObject({ action: 'skip', warnings: [] });
    expect(decided({ ...owned, size: 0, policy: { controllerOwned: 'include' } }).action).toBe('none');
  });
});
