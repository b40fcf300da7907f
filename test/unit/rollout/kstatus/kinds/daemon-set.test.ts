import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { aDaemonSet, type Json, type NodeCounts } from '../../../../support/vectors/status-objects.ts';

const four: NodeCounts = { desired: 4, cur: 4, upd: 4, avl: 4, rdy: 4 };

describe('a DaemonSet', () => {
  it.each<[NodeCounts, string, string]>([
    [four, 'Current', 'All replicas scheduled as expected. Replicas: 4'],
    [{ ...four, desired: 5 }, 'InProgress (LessCurrent)', 'Current: 4/5'],
    [{ ...four, cur: 3 }, 'InProgress (LessCurrent)', 'Current: 3/4'],
    [{ ...four, cur: 3, upd: 0, avl: 0, rdy: 0 }, 'InProgress (LessCurrent)', 'Current: 3/4'],
    [{ ...four, upd: 3, avl: 0 }, 'InProgress (LessUpdated)', 'Updated: 3/4'],
    [{ ...four, avl: 3, rdy: 0 }, 'InProgress (LessAvailable)', 'Available: 3/4'],
    [{ ...four, rdy: 3 }, 'InProgress (LessReady)', 'Ready: 3/4'],
    [{ ...four, cur: 9, upd: 9, avl: 9, rdy: 9 }, 'Current', 'All replicas scheduled as expected. Replicas: 4'],
    [{ desired: 0 }, 'Current', 'All replicas scheduled as expected. Replicas: 0'],
    [{ desired: 1 }, 'InProgress (LessCurrent)', 'Current: 0/1'],
    [{ cur: 4, upd: 4, avl: 4, rdy: 4 }, 'InProgress (NoDesiredNumber)', 'Missing .status.desiredNumberScheduled'],
    [{ ...four, desired: -1 }, 'InProgress (NoDesiredNumber)', 'Missing .status.desiredNumberScheduled'],
    [{ ...four, desired: -2 }, 'Current', 'All replicas scheduled as expected. Replicas: -2'],
  ])('with %j: %s', (counts, expected, message) => {
    expect(kstatusTold(aDaemonSet(counts))).toBe(expected);
    expect(kstatusMessage(aDaemonSet(counts))).toBe(message);
  });

  it.each(['4', null, 4.5, true, [4]])('takes a desired number of %j for missing', (desiredNumberScheduled) => {
    expect(kstatusTold(aDaemonSet(four, { status: { desiredNumberScheduled } }))).toBe('InProgress (NoDesiredNumber)');
  });

  it.each<[Json, Json, string]>([
    [{ generation: undefined }, {}, 'InProgress (NoGeneration)'],
    [{ generation: undefined }, { observedGeneration: undefined }, 'InProgress (NoGeneration)'],
    [{}, { observedGeneration: undefined }, 'InProgress (NoObservedGeneration)'],
    [{ generation: 2 }, {}, 'InProgress (LatestGenerationNotObserved)'],
    [{ generation: undefined }, { observedGeneration: 'x' }, 'InProgress (NoGeneration)'],
    [{ generation: null }, {}, 'error: metadata.generation is null, not an integer'],
    [{}, { observedGeneration: null }, 'error: status.observedGeneration is null, not an integer'],
    [{ generation: 0 }, { observedGeneration: 0 }, 'Current'],
  ])('with the metadata %j and the status %j: %s', (metadata, status, expected) => {
    expect(kstatusTold(aDaemonSet(four, { metadata, status }))).toBe(expected);
  });

  it('has not been observed while it has no status', () => {
    const { status: _, ...object } = aDaemonSet(four);

    expect(kstatusTold(object)).toBe('InProgress (NoObservedGeneration)');
    expect(kstatusMessage(object)).toBe('DaemonSet status.observedGeneration not found');
  });

  it('is judged alike under OnDelete, and with pods where none should be', () => {
    const more = { spec: { updateStrategy: { type: 'OnDelete' } }, status: { numberMisscheduled: 3 } };

    expect(kstatusTold(aDaemonSet(four, more))).toBe('Current');
    expect(kstatusTold(aDaemonSet({ ...four, upd: 0 }, more))).toBe('InProgress (LessUpdated)');
  });
});
