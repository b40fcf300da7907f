import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { aReplicaSet, type Json } from '../../../../support/vectors/status-objects.ts';

const three: Json = { replicas: 3, fullyLabeledReplicas: 3, availableReplicas: 3, readyReplicas: 3 };

describe('a ReplicaSet of three', () => {
  it.each<[Json, string, string]>([
    [{}, 'Current', 'ReplicaSet is available. Replicas: 3'],
    [{ fullyLabeledReplicas: 2 }, 'InProgress (LessLabelled)', 'Labelled: 2/3'],
    [{ fullyLabeledReplicas: undefined, availableReplicas: 0 }, 'InProgress (LessLabelled)', 'Labelled: 0/3'],
    [{ availableReplicas: 2, readyReplicas: 1 }, 'InProgress (LessAvailable)', 'Available: 2/3'],
    [{ readyReplicas: 2 }, 'InProgress (LessReady)', 'Ready: 2/3'],
    [{ replicas: 5 }, 'InProgress (ExtraPods)', 'Pending termination: 2'],
    [{ replicas: 5, readyReplicas: 2 }, 'InProgress (LessReady)', 'Ready: 2/3'],
    [{ replicas: 0 }, 'Current', 'ReplicaSet is available. Replicas: 0'],
    [{ readyReplicas: '3' }, 'InProgress (LessReady)', 'Ready: 0/3'],
  ])('with %j: %s', (status, expected, message) => {
    const object = aReplicaSet({ spec: 3 }, { status: { ...three, ...status } });

    expect(kstatusTold(object)).toBe(expected);
    expect(kstatusMessage(object)).toBe(message);
  });

  it.each([
    [['ReplicaFailure=True FailedCreate'], 'InProgress (ReplicaFailure)'],
    [['ReplicaFailure=False', 'ReplicaFailure=True'], 'InProgress (ReplicaFailure)'],
    [['ReplicaFailure=False'], 'Current'],
    [['ReplicaFailure=Unknown'], 'Current'],
    [['replicaFailure=True'], 'Current'],
    [['Ready=False NotYet'], 'Current'],
  ])('with the conditions %j: %s', (conditions, expected) => {
    expect(kstatusTold(aReplicaSet({ spec: 3, conditions }, { status: three }))).toBe(expected);
  });

  it('wants one where it says nothing', () => {
    expect(kstatusTold(aReplicaSet({}))).toBe('InProgress (LessLabelled)');
    expect(kstatusTold(aReplicaSet({ spec: 0 }))).toBe('Current');
    expect(kstatusTold({ ...aReplicaSet({ spec: 2 }), apiVersion: 'extensions/v1beta1' })).toBe('InProgress (LessLabelled)');
  });
});
