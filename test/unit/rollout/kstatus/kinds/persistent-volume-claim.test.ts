import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { anObject } from '../../../../support/vectors/status-objects.ts';

describe('a PersistentVolumeClaim', () => {
  it.each([
    ['Bound', 'Current', 'PVC is Bound'],
    ['Pending', 'InProgress (NotBound)', 'PVC is not Bound. phase: Pending'],
    ['Lost', 'InProgress (NotBound)', 'PVC is not Bound. phase: Lost'],
    ['bound', 'InProgress (NotBound)', 'PVC is not Bound. phase: bound'],
    ['', 'InProgress (NotBound)', 'PVC is not Bound. phase: '],
    [undefined, 'InProgress (NotBound)', 'PVC is not Bound. phase: unknown'],
    [null, 'InProgress (NotBound)', 'PVC is not Bound. phase: unknown'],
    [7, 'InProgress (NotBound)', 'PVC is not Bound. phase: unknown'],
  ])('of the phase %j: %s', (phase, expected, message) => {
    const object = anObject('v1 PersistentVolumeClaim', { status: { phase } });

    expect(kstatusTold(object)).toBe(expected);
    expect(kstatusMessage(object)).toBe(message);
  });
});
