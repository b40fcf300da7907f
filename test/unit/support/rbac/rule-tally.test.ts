import type { V1PolicyRule } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { grantsOf, tallyRules } from '../../../support/rbac/rule-tally.ts';

const rules: readonly V1PolicyRule[] = [
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['patch'] },
];
const all = [
  { verb: 'get', apiGroup: '', resource: 'namespaces' },
  { verb: 'list', apiGroup: '', resource: 'namespaces' },
  { verb: 'patch', apiGroup: 'apps', resource: 'deployments' },
  { verb: 'patch', apiGroup: 'apps', resource: 'statefulsets' },
];

describe('the tally of requests and rules', () => {
  it('counts every verb on every resource', () => {
    expect(grantsOf(rules)).toEqual(['get namespaces', 'list namespaces', 'patch apps/deployments', 'patch apps/statefulsets']);
  });

  it('finds nothing when all that is granted was asked, and nothing else', () => {
    expect(tallyRules(rules, [...all, ...all])).toEqual({ unused: [], missing: [] });
  });

  it.each([
    ['a rule that nobody needs', [...rules, { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }], all, ['get secrets'], []],
    ['a verb that nobody needs', rules, all.slice(1), ['get namespaces'], []],
    ['a request without a rule', rules.slice(0, 1), all.slice(0, 3), [], ['patch apps/deployments']],
    [
      'a subresource, which is its own',
      rules,
      [...all, { verb: 'patch', apiGroup: 'apps', resource: 'deployments/scale' }],
      [],
      ['patch apps/deployments/scale'],
    ],
  ])('finds %s', (_, given, asked, unused, missing) => {
    expect(tallyRules(given, asked)).toEqual({ unused, missing });
  });
});
