import { describe, expect, test } from 'vitest';
import { compileFilters } from '../../../lib/sleep/exclusion.ts';
import { readNamespace, readWorkload } from '../../../lib/sleep/read-workload.ts';
import { unanchoredMatches } from '../../../lib/sleep/unanchored.ts';
import { aPolicy } from '../../support/model-night.ts';
import { aDeployment, aNamespace, type WorkloadWish } from '../../support/workloads.ts';

function lines(
  wish: Readonly<Record<string, unknown>>,
  names: readonly string[],
  workloads: readonly WorkloadWish[] = [],
): readonly string[] {
  const policy = aPolicy(wish);
  const observation = {
    namespaces: names.map((name) => readNamespace(aNamespace(name))),
    workloads: workloads.map((workload) => readWorkload('Deployment', aDeployment(workload))),
  };
  return unanchoredMatches(policy, observation, compileFilters(policy));
}

describe('what an unanchored reading of the filters would add', () => {
  test('namespaces, in one line for each filter, with a filter that would match', () => {
    expect(lines({ excludeNamespaces: ['dev', 'x|k'] }, ['dev', 'dev-1', 'my-dev', 'prod', 'sky'])).toEqual([
      'the namespace filter dev matches only part of dev-1, my-dev, which are not excluded; write .*dev.* to exclude such names',
      'the namespace filter x|k matches only part of sky, which is not excluded; write .*(x|k).* to exclude such names',
    ]);
  });

  test('nothing that another filter excludes as a whole', () => {
    expect(lines({ excludeNamespaces: ['dev', 'dev-.*'] }, ['dev-1'])).toEqual([]);
  });

  test('names of workloads, of excluded namespaces not', () => {
    const workloads = [{ name: 'web-1' }, { name: 'web-1', namespace: 'kube-system' }, { name: 'db' }];

    expect(lines({ excludeNames: ['web'] }, ['dev'], workloads)).toEqual([
      'the name filter web matches only part of web-1, which is not excluded; write .*web.* to exclude such names',
    ]);
  });

  test('labels, few by name and the rest by number', () => {
    const workloads = [1, 2, 3, 4, 5].map((number) => ({ name: `w${number}`, labels: { team: `a${number}`, tier: 'front' } }));

    expect(lines({ matchingLabels: ['team=a'] }, ['dev'], workloads)).toEqual([
      'the label filter team=a matches only part of team=a1, team=a2, team=a3 and 2 more, which are not enough to take part; write .*team=a.* to let such labels take part',
    ]);
  });

  test('nothing when every filter matches whole texts or none', () => {
    expect(lines({ excludeNamespaces: ['dev'], matchingLabels: ['a=b'] }, ['dev', 'prod'], [{ labels: { a: 'b' } }])).toEqual([]);
  });
});
