import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { anObject, condition } from '../../../../support/vectors/status-objects.ts';

describe('a CustomResourceDefinition', () => {
  it.each([
    [['Established=True'], 'Current'],
    [['NamesAccepted=True', 'Established=True'], 'Current'],
    [['NamesAccepted=False Taken', 'Established=True'], 'Failed (Taken)'],
    [['Established=True', 'NamesAccepted=False Taken'], 'Current'],
    [['Established=False Installing'], 'InProgress (Installing)'],
    [['Established=False Installing', 'NamesAccepted=False Taken'], 'Failed (Taken)'],
    [['Established=False NotAccepted'], 'Failed (NotAccepted)'],
    [['Established=False'], 'Failed'],
    [['NamesAccepted=False'], 'Failed'],
    [['Established=False NotAccepted', 'Established=True'], 'Failed (NotAccepted)'],
    [['Established=False Installing', 'Established=True'], 'Current'],
    [['Established=Unknown Whatever'], 'InProgress (Installing)'],
    [['NamesAccepted=Unknown'], 'InProgress (Installing)'],
    [['established=True'], 'InProgress (Installing)'],
    [[], 'InProgress (Installing)'],
  ])('with %j: %s', (conditions, expected) => {
    const status = { conditions: conditions.map(condition) };

    expect(kstatusTold(anObject('apiextensions.k8s.io/v1 CustomResourceDefinition', { status }))).toBe(expected);
    expect(kstatusTold(anObject('apiextensions.k8s.io/v1beta1 CustomResourceDefinition', { status }))).toBe(expected);
  });

  it('fails with the words of its condition', () => {
    const status = { conditions: [condition('NamesAccepted=False Taken by another definition')] };

    expect(kstatusMessage(anObject('apiextensions.k8s.io/v1 CustomResourceDefinition', { status }))).toBe('by another definition');
  });
});
