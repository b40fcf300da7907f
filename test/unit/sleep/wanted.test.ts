import { describe, expect, test } from 'vitest';
import { readAnnotations, readValues, type Scope } from '../../../lib/sleep/scope.ts';
import { type Intent, wantedState } from '../../../lib/sleep/wanted.ts';

const now = Date.parse('2026-03-30T12:00:00Z');
const scope = (label: string, values: Readonly<Record<string, string>>): Scope =>
  readAnnotations(label, Object.fromEntries(Object.entries(values).map(([name, value]) => [`downscaler/${name}`, value])), {
    dialect: 'nightshift',
  });
const wanted = (own: Readonly<Record<string, string>>, outer: Readonly<Record<string, string>> = {}, intent: Intent = 'schedule') =>
  wantedState(
    [scope('workload', own), scope('namespace dev', outer), readValues('flags', { uptime: 'always' }, { dialect: 'nightshift' })],
    now,
    intent,
  );

describe('the state that the policy wants', () => {
  test.each([
    ['the configuration decides when nothing nearer does', {}, {}, 'up', 'flags'],
    ['uptime that holds', { uptime: 'always' }, {}, 'up', 'workload'],
    ['uptime that does not hold', { uptime: 'never' }, {}, 'down', 'workload'],
    ['downtime that holds', { downtime: 'always' }, {}, 'down', 'workload'],
    ['downtime that does not hold', { downtime: 'never' }, {}, 'up', 'workload'],
    ['downtime beats uptime in one scope', { uptime: 'always', downtime: 'always' }, {}, 'down', 'workload'],
    ['neither holds in one scope', { uptime: 'never', downtime: 'never' }, {}, 'down', 'workload'],
    ['the nearest scope decides the schedule alone', { uptime: 'always' }, { downtime: 'always' }, 'up', 'workload'],
    ['a time here beats a period there', { uptime: 'always' }, { 'downscale-period': 'always' }, 'up', 'workload'],
    ['the namespace decides when the workload says nothing', {}, { downtime: 'always' }, 'down', 'namespace dev'],
    ['an upscale period', { 'upscale-period': 'always' }, {}, 'up', 'workload'],
    ['a downscale period', { 'downscale-period': 'always' }, {}, 'down', 'workload'],
    ['between the periods', { 'upscale-period': 'never', 'downscale-period': 'never' }, {}, 'leave', 'workload'],
    ['both periods', { 'upscale-period': 'always', 'downscale-period': 'always' }, {}, 'leave', 'workload'],
    ['a time and a period in one scope', { downtime: 'always', 'downscale-period': 'always' }, {}, 'up', 'workload'],
    ['forced up beats a nearer schedule', { downtime: 'always' }, { 'force-uptime': 'true' }, 'up', 'namespace dev'],
    ['forced down beats a nearer schedule', { uptime: 'always' }, { 'force-downtime': 'true' }, 'down', 'namespace dev'],
    ['the nearest forced state decides', { 'force-downtime': 'true' }, { 'force-uptime': 'true' }, 'down', 'workload'],
    ['forced and not holding falls to the schedule', { 'force-uptime': 'false', downtime: 'always' }, {}, 'down', 'workload'],
    [
      'a nearer forced state that does not hold hides a farther one',
      { 'force-uptime': 'never' },
      { 'force-downtime': 'true' },
      'up',
      'flags',
    ],
  ] as const)('%s', (_, own, outer, state, label) => {
    expect(wanted(own, outer)).toMatchObject({ state, scope: label });
  });

  test('contradictions are problems, both forced states a warning', () => {
    expect(wanted({ 'upscale-period': 'always', 'downscale-period': 'always' }).problem).toContain('both match');
    expect(wanted({ downtime: 'always', 'downscale-period': 'always' }).problem).toContain('contradict');
    expect(wanted({ 'force-uptime': 'true', 'force-downtime': 'true' })).toMatchObject({
      state: 'up',
      warning: expect.stringContaining('both'),
    });
  });

  describe('with a Pod that asks for everybody', () => {
    const pod: Scope = { ...readValues('Pod ops/hold', { forceUptime: 'true' }, { dialect: 'nightshift' }), forEverybody: true };
    const withPod = (own: Readonly<Record<string, string>>, outer: Readonly<Record<string, string>> = {}) =>
      wantedState([scope('workload', own), scope('namespace dev', outer), pod], now, 'schedule');

    test.each([
      ['it beats schedules', { downtime: 'always' }, {}, 'up', 'Pod ops/hold'],
      ['it beats a forced downtime, which it is told beside', {}, { 'force-downtime': 'true' }, 'up', 'Pod ops/hold'],
      ['it beats the forced downtime of a workload', { 'force-downtime': 'true' }, {}, 'up', 'Pod ops/hold'],
      ['a forced downtime that does not hold hides nothing', { downtime: 'always' }, { 'force-downtime': 'never' }, 'up', 'Pod ops/hold'],
      ['a force-uptime of their own overrides it', { downtime: 'always' }, { 'force-uptime': 'false' }, 'down', 'workload'],
      ['even behind a forced downtime', { 'force-downtime': 'true' }, { 'force-uptime': 'false' }, 'down', 'workload'],
    ] as const)('%s', (_, own, outer, state, label) => {
      expect(withPod(own, outer)).toMatchObject({ state, scope: label });
    });

    test('names both when they contradict each other', () => {
      expect(withPod({}, { 'force-downtime': 'true' }).warning).toBe(
        'Pod ops/hold: force-uptime and namespace dev: force-downtime both hold: stays up',
      );
    });
  });

  test('nothing set anywhere means awake', () => {
    expect(wantedState([scope('workload', {})], now, 'schedule')).toEqual({ state: 'up', reason: 'no schedule applies' });
  });

  test('an operator overrules schedules and yields to forced states', () => {
    expect(wanted({ uptime: 'always' }, {}, 'sleep')).toMatchObject({ state: 'down', scope: 'command' });
    expect(wanted({ downtime: 'always' }, {}, 'wake')).toMatchObject({ state: 'up', scope: 'command' });
    expect(wanted({ 'force-uptime': 'true' }, {}, 'sleep')).toMatchObject({ state: 'up', scope: 'workload' });
    expect(wanted({ 'force-downtime': 'true' }, {}, 'wake')).toMatchObject({ state: 'down', scope: 'workload' });
  });
});
