import { describe, expect, test } from 'vitest';
import { planManifests } from '../../../lib/sleep/offline.ts';
import { aPolicy } from '../../support/model-night.ts';
import { DECIDED_AT, DECISION_VECTORS, type DecisionVector, manifestsOf, namespaceOf } from '../../support/vectors/decisions.ts';

const fieldOf: Readonly<Record<string, (value: string) => Readonly<Record<string, unknown>>>> = {
  '--pod-force-uptime': () => ({ podForceUptime: true }),
  '--grace-period': (value) => ({ gracePeriodSeconds: Number(value) }),
  '--exclude-namespaces': (value) => ({ excludeNamespaces: value.split(',') }),
  '--matching-labels': (value) => ({ matchingLabels: value.split(',') }),
};

function policyOf({ flags = [] }: DecisionVector): ReturnType<typeof aPolicy> {
  const [flag = '', value = ''] = flags;
  return aPolicy({ scopes: [{ label: 'default', uptime: 'always' }], ...fieldOf[flag]?.(value) });
}

describe('published decision vectors, decided offline', () => {
  test.each(DECISION_VECTORS)('$id', (vector) => {
    const { items, notices } = planManifests(manifestsOf(vector), policyOf(vector), Date.parse(DECIDED_AT));

    const found = vector.scenes.map((scene, index) => items.find(({ namespace }) => namespace === namespaceOf(scene, index)));
    expect(found.map((item) => ({ to: item?.to, original: item?.original }))).toEqual(vector.outcomes);
    if (vector.reported)
      expect([...notices, ...items.flatMap(({ problems = [], warnings = [] }) => [...problems, ...warnings])]).not.toEqual([]);
  });
});
