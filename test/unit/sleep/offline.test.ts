import { describe, expect, test } from 'vitest';
import { planManifests } from '../../../lib/sleep/offline.ts';
import { aPolicy } from '../../support/model-night.ts';
import { aCronJob, aDeployment, aNamespace, aScaledObject, aStatefulSet } from '../../support/workloads.ts';

const now = Date.parse('2026-03-30T23:00:00Z');
const policy = aPolicy({ scopes: [{ label: 'flags', uptime: 'Mon-Fri 07:00-19:00 UTC' }] });

describe('a plan of manifests', () => {
  test('is ordered by namespace, kind and name, and passes over other kinds', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'dev', name: 'web' } };
    const objects = [aStatefulSet(), service, aDeployment({ name: 'b' }), aDeployment({ name: 'a' }), aCronJob({ namespace: 'alpha' })];

    const { items } = planManifests(objects, policy, now);

    expect(items.map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`)).toEqual([
      'alpha/CronJob/report',
      'dev/Deployment/a',
      'dev/Deployment/b',
      'dev/StatefulSet/db',
    ]);
  });

  test('says from what to what, what is recorded, and why', () => {
    const { items } = planManifests([aDeployment({ size: 2 })], policy, now);

    expect(items).toEqual([
      {
        kind: 'Deployment',
        namespace: 'dev',
        name: 'web',
        action: 'sleep',
        from: 2,
        to: 0,
        original: 2,
        reason: 'outside its uptime',
        spec: 'Mon-Fri 07:00-19:00 UTC',
        scope: 'flags',
      },
    ]);
  });

  test('reads the policies of namespaces that are given, and tells their problems once', () => {
    const objects = [aNamespace('dev', { 'downscaler/uptime': 'bogus' }), aDeployment({ name: 'a' }), aDeployment({ name: 'b' })];

    const { items, notices } = planManifests(objects, policy, now);

    expect(items.map(({ action }) => action)).toEqual(['none', 'none']);
    expect(notices).toEqual([{ namespace: 'dev', message: expect.stringContaining('namespace dev: downscaler/uptime'), kind: 'problem' }]);
  });

  test('tells a problem of the configuration, and keeps everything awake under it', () => {
    const bad = aPolicy({ scopes: [{ label: 'flags', uptime: 'bogus' }] });

    const { items, notices } = planManifests([aDeployment()], bad, now);

    expect(items).toMatchObject([{ action: 'none', to: 3 }]);
    expect(notices).toMatchObject([{ message: expect.stringContaining('flags: uptime'), kind: 'problem' }]);
  });

  test('tells of defaults that cannot be used, once, whoever leans on them', () => {
    const bad = aPolicy({ defaultTimezone: 'Nowhere', defaultWeekframe: 'weekdays', scopes: [{ label: 'flags', uptime: '07:00-19:00' }] });

    const { items, notices } = planManifests([aDeployment()], bad, now);

    expect(items).toMatchObject([{ action: 'none', to: 3 }]);
    expect(notices.map(({ message, kind }) => [message.split(':')[0], kind])).toEqual([
      ['the default time zone cannot be read', 'problem'],
      ['the default weekdays cannot be read', 'problem'],
      ['flags', 'problem'],
    ]);
  });

  test('leaves the target of a ScaledObject to KEDA, in whichever order they are given', () => {
    const scaled = aScaledObject('queue', { name: 'web' });

    for (const objects of [
      [scaled, aDeployment(), aStatefulSet()],
      [aStatefulSet(), aDeployment(), scaled],
    ]) {
      const { items } = planManifests(objects, policy, now);
      expect(items.map(({ name, action }) => [name, action])).toEqual([
        ['web', 'skip'],
        ['db', 'sleep'],
      ]);
    }
    expect(planManifests([aScaledObject('queue', { name: 'web' }, 'other'), aDeployment()], policy, now).items).toMatchObject([
      { action: 'sleep' },
    ]);
  });

  test('of an object that is given twice the last holds', () => {
    expect(planManifests([aDeployment({ size: 2 }), aDeployment({ size: 5 })], policy, now).items).toMatchObject([{ from: 5 }]);
  });

  test('a manifest without namespace, replicas or dates is taken as the API server would', () => {
    const bare = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'bare' } };
    expect(planManifests([bare], policy, now).items).toMatchObject([{ namespace: 'default', from: 1, to: 0 }]);
  });
});
