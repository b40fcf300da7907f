import { describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../../../sandbox/kubernetes/api-object.ts';
import { parseLabelSelector } from '../../../../../sandbox/kubernetes/selectors/label-selector.ts';
import { selectorText, workloadSelector } from '../../../../../sandbox/kubernetes/selectors/object-selector.ts';

const web = { app: 'web', tier: 'front', 'example.com/size': '3' };

describe('a label selector', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app=api', false],
    ['app!=api', true],
    ['app!=web', false],
    ['missing!=x', true],
    ['missing=x', false],
    ['app in (api, web)', true],
    ['app in (api)', false],
    ['app notin (api)', true],
    ['app notin (api,web)', false],
    ['missing notin (x)', true],
    ['missing in (x)', false],
    ['app', true],
    ['missing', false],
    ['!missing', true],
    ['!app', false],
    ['app=web,tier in (front,back),!missing', true],
    ['app=web,tier=back', false],
    ['example.com/size>2', true],
    ['example.com/size<3', false],
    ['app=', false],
  ])('"%s" matches: %s', (selector, matches) => {
    expect(parseLabelSelector(selector)(web)).toBe(matches);
  });

  it.each(['app in (web', 'app!!web', 'a=b=c', 'a,,b', '=x', 'app in web', 'a b', 'size>big', `app=${'x'.repeat(64)}`, 'UP/per/x=1'])(
    'refuses "%s"',
    (selector) => {
      expect(() => parseLabelSelector(selector)).toThrow(/unable to parse requirement/);
    },
  );
});

describe('the selector of a workload', () => {
  const aSet = (selector: object | undefined): ApiObject =>
    ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' }, spec: selector ? { selector } : {} }) as ApiObject;
  const selector = {
    matchLabels: { app: 'web' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['front', 'mid'] },
      { key: 'gone', operator: 'DoesNotExist' },
      { key: 'env', operator: 'NotIn', values: ['prod'] },
      { key: 'app', operator: 'Exists' },
    ],
  };

  it('needs all its labels and expressions to hold', () => {
    const matches = workloadSelector(aSet(selector));

    expect(matches(web)).toBe(true);
    expect(matches({ ...web, tier: 'back' })).toBe(false);
    expect(matches({ ...web, gone: '' })).toBe(false);
    expect(matches({ ...web, env: 'prod' })).toBe(false);
  });

  it('selects nothing when it is absent', () => {
    expect(workloadSelector(aSet(undefined))(web)).toBe(false);
  });

  it('shows as text', () => {
    expect(selectorText(aSet(selector))).toBe('!gone,app,app=web,env notin (prod),tier in (front,mid)');
  });
});
