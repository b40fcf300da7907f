import { describe, expect, test } from 'vitest';
import { valueNames } from '../../../lib/sleep/annotations.ts';
import { readAnnotations, readValues, type Scope } from '../../../lib/sleep/scope.ts';

const read = (values: Readonly<Record<string, string>>): Scope =>
  readAnnotations('workload', Object.fromEntries(Object.entries(values).map(([name, value]) => [`downscaler/${name}`, value])), {
    dialect: 'nightshift',
  });

describe('annotations of a scope', () => {
  test('every name is read', () => {
    const scope = read({
      uptime: 'always',
      downtime: 'never',
      'upscale-period': 'always',
      'downscale-period': 'never',
      'force-uptime': 'true',
      'force-downtime': 'false',
      exclude: 'false',
      'exclude-until': '2026-01-01',
      'grace-period': '15m',
      'downtime-replicas': '1',
      'downscale-replicas': '1',
    });

    expect(scope.problems).toEqual([]);
    expect(scope.warnings).toEqual([]);
    expect(scope).toMatchObject({
      uptime: { name: 'downscaler/uptime', spec: { source: 'always' } },
      downtime: { spec: { source: 'never' } },
      upscalePeriod: { spec: { source: 'always' } },
      downscalePeriod: { spec: { source: 'never' } },
      forceUptime: { spec: { source: 'true' } },
      forceDowntime: { spec: { source: 'false' } },
      exclude: { spec: { source: 'false' } },
      excludeUntil: Date.parse('2026-01-01T00:00:00Z'),
      graceMs: 900_000,
      downtimeReplicas: 1,
    });
  });

  test.each(['uptime', 'downtime', 'upscale-period', 'downscale-period', 'force-uptime', 'force-downtime'])(
    'a bad %s is a problem that names it and quotes it',
    (name) => {
      for (const bad of ['bogus', '', 'Mon-Fri 7:00-19:00 UTC', 'Mon-Fri 07:00-19:00', 'Mon-Fri 07:00-19:00 Nowhere/City']) {
        const { problems } = read({ [name]: bad });
        expect(problems, bad).toHaveLength(1);
        expect(problems[0]).toContain(`downscaler/${name}`);
      }
    },
  );

  test.each(['-1', 'soon', '15 m', '1.5', '', '1d', '99999999999'])('the grace period %j is a problem', (text) => {
    expect(read({ 'grace-period': text }).problems).toEqual([expect.stringContaining('downscaler/grace-period')]);
  });

  test.each(['-1', 'abc', '50%', '1.5', '', '99999999999'])(
    'the downtime replicas %j are a problem of what has replicas, under either name',
    (text) => {
      for (const name of ['downtime-replicas', 'downscale-replicas'])
        expect(read({ [name]: text })).toMatchObject({ problems: [], countProblems: [expect.stringContaining(`downscaler/${name}`)] });
    },
  );

  test('exclude and exclude-until that cannot be read count as excluded, with a warning', () => {
    for (const [name, text] of [
      ['exclude', 'yes'],
      ['exclude', ''],
      ['exclude-until', 'tomorrow'],
      ['exclude-until', '2026-02-31'],
    ] as const) {
      const scope = read({ [name]: text });
      expect([scope.exclude, scope.excludeUntil], text).toContain('unreadable');
      expect(scope.problems).toEqual([]);
      expect(scope.warnings).toEqual([expect.stringContaining('counts as excluded')]);
    }
  });

  test('of two different numbers of downtime replicas the larger holds, with a warning', () => {
    const scope = read({ 'downtime-replicas': '1', 'downscale-replicas': '2' });
    expect(scope.downtimeReplicas).toBe(2);
    expect(scope.warnings).toEqual([expect.stringContaining('the larger, 2, holds')]);
  });

  test('all problems are told at once', () => {
    const bad = Object.fromEntries(valueNames.map((name) => [name, '?']));
    const scope = read(bad);
    expect(scope.problems).toHaveLength(7);
    expect(scope.countProblems).toHaveLength(2);
    expect(scope.warnings).toHaveLength(2);
  });

  test('an endless value is not repeated in full', () => {
    const [problem = ''] = read({ 'grace-period': 'x'.repeat(100_000) }).problems;
    expect(problem.length).toBeLessThan(300);
    expect((read({ uptime: 'x'.repeat(100_000) }).problems[0] ?? '').length).toBeLessThan(500);
    expect((read({ exclude: 'x'.repeat(100_000) }).warnings[0] ?? '').length).toBeLessThan(500);
  });

  test('a span that is never what it seems is a warning', () => {
    expect(read({ uptime: 'Mon-Fri 08:00-08:00 UTC' }).warnings).toEqual([expect.stringContaining('downscaler/uptime')]);
  });

  test('the values of a configuration are named as the configuration names them', () => {
    const scope = readValues('flags', { downscalePeriod: 'bogus' }, { dialect: 'nightshift' });
    expect(scope.problems).toEqual([expect.stringMatching(/^downscalePeriod: /)]);
  });
});
