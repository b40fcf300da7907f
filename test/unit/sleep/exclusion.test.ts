import { describe, expect, test } from 'vitest';
import { compileFilters, excludedByAnnotation } from '../../../lib/sleep/exclusion.ts';
import { sleepPolicySchema } from '../../../lib/sleep/policy.ts';
import { readWorkload } from '../../../lib/sleep/read-workload.ts';
import { readAnnotations } from '../../../lib/sleep/scope.ts';
import { aPolicy } from '../../support/model-night.ts';
import { aDeployment, type WorkloadWish } from '../../support/workloads.ts';

const out = (policy: Readonly<Record<string, unknown>>, wish: WorkloadWish = {}) =>
  compileFilters(aPolicy(policy)).workloadOut(readWorkload('Deployment', aDeployment(wish)))?.kind;

describe('the filters of a policy', () => {
  test('match the whole name of a namespace', () => {
    expect(out({ excludeNamespaces: ['dev'] })).toBe('filtered');
    expect(out({ excludeNamespaces: ['de'] })).toBeUndefined();
    expect(out({ excludeNamespaces: ['ev'] })).toBeUndefined();
    expect(out({ excludeNamespaces: ['d.*'] })).toBe('filtered');
    expect(out({ excludeNamespaces: ['prod|dev'] })).toBe('filtered');
  });

  test('match the whole name of a workload', () => {
    expect(out({ excludeNames: ['web'] })).toBe('filtered');
    expect(out({ excludeNames: ['we', 'eb', 'Web'] })).toBeUndefined();
  });

  test('match the whole of key=value, any label and any filter', () => {
    const labels = { team: 'a1', tier: 'front' };
    expect(out({ matchingLabels: ['team=a'] }, { labels })).toBe('excluded');
    expect(out({ matchingLabels: ['team=a.*', 'zz=1'] }, { labels })).toBeUndefined();
    expect(out({ matchingLabels: ['tier=front'] }, { labels })).toBeUndefined();
    expect(out({ matchingLabels: ['team=.*'] })).toBe('excluded');
  });

  test('leave out system namespaces, downscalers and controller-owned workloads unless told otherwise', () => {
    expect(out({}, { namespace: 'kube-system' })).toBe('filtered');
    expect(out({}, { name: 'kube-downscaler' })).toBe('filtered');
    expect(out({}, { ownedBy: 'Database/pg' })).toBe('owned');
    expect(out({ controllerOwned: 'include' }, { ownedBy: 'Database/pg' })).toBeUndefined();
  });

  test('narrow to namespaces and kinds', () => {
    expect(out({ namespaces: ['other'] })).toBe('filtered');
    expect(out({ namespaces: ['dev'] })).toBeUndefined();
    expect(out({ kinds: ['CronJob'] })).toBe('filtered');
  });

  test('an invalid expression is refused with its place', () => {
    const { error } = sleepPolicySchema.safeParse({ excludeNames: ['ok', 'a)(b'] });
    expect(error?.issues[0]).toMatchObject({ path: ['excludeNames', 1], message: 'is not a regular expression' });
  });
});

describe('exclusion by annotation', () => {
  const at = (annotations: Readonly<Record<string, string>>, now: string) =>
    excludedByAnnotation([readAnnotations('workload', annotations, { dialect: 'nightshift' })], Date.parse(now))?.reason;

  test('holds while its time spec matches', () => {
    const annotations = { 'downscaler/exclude': 'Mon-Fri 09:00-17:00 UTC' };
    expect(at(annotations, '2026-03-30T12:00:00Z')).toBe('workload: downscaler/exclude');
    expect(at(annotations, '2026-03-30T20:00:00Z')).toBeUndefined();
  });

  test('ends at its instant', () => {
    const annotations = { 'downscaler/exclude-until': '2026-03-30T18:00:00Z' };
    expect(at(annotations, '2026-03-30T17:59:59Z')).toBe('workload: excluded until 2026-03-30T18:00:00.000Z');
    expect(at(annotations, '2026-03-30T18:00:00Z')).toBeUndefined();
  });

  test('what cannot be read excludes', () => {
    expect(at({ 'downscaler/exclude': 'ja' }, '2026-03-30T12:00:00Z')).toContain('cannot be read');
    expect(at({ 'downscaler/exclude-until': 'ja' }, '2026-03-30T12:00:00Z')).toContain('cannot be read');
  });
});
