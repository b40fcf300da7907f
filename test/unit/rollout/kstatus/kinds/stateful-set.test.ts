import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { aStatefulSet, type Counts, type Json, withPartition } from '../../../../support/vectors/status-objects.ts';

const three: Counts = { spec: 3, rep: 3, rdy: 3, cur: 3, upd: 3 };
const revisions = (currentRevision?: unknown, updateRevision?: unknown): { readonly status: Json } => ({
  status: { currentRevision, updateRevision },
});

describe('a StatefulSet', () => {
  it.each<[Counts, string, string]>([
    [three, 'Current', 'All replicas scheduled as expected. Replicas: 3'],
    [{ ...three, rep: 2 }, 'InProgress (LessReplicas)', 'Replicas: 2/3'],
    [{ ...three, rep: 2, rdy: 0 }, 'InProgress (LessReplicas)', 'Replicas: 2/3'],
    [{ ...three, rdy: 2 }, 'InProgress (LessReady)', 'Ready: 2/3'],
    [{ ...three, rep: 4, rdy: 2 }, 'InProgress (LessReady)', 'Ready: 2/3'],
    [{ ...three, rep: 4 }, 'InProgress (ExtraPods)', 'Pending termination: 1'],
    [{ ...three, cur: 2 }, 'InProgress (LessCurrent)', 'current: 2/3'],
    [{ ...three, rep: 4, cur: 0 }, 'InProgress (ExtraPods)', 'Pending termination: 1'],
    [{ ...three, avl: 0 }, 'Current', 'All replicas scheduled as expected. Replicas: 3'],
    [{ ...three, upd: 0 }, 'Current', 'All replicas scheduled as expected. Replicas: 3'],
    [{}, 'InProgress (LessReplicas)', 'Replicas: 0/1'],
    [{ spec: 0 }, 'Current', 'All replicas scheduled as expected. Replicas: 0'],
    [{ spec: 0, rep: 2 }, 'InProgress (ExtraPods)', 'Pending termination: 2'],
    [{ ...three, o: undefined }, 'Current', 'All replicas scheduled as expected. Replicas: 3'],
  ])('without a partition %j: %s', (counts, expected, message) => {
    expect(kstatusTold(aStatefulSet(counts))).toBe(expected);
    expect(kstatusMessage(aStatefulSet(counts))).toBe(message);
  });

  it.each([
    ['a', 'a', 'Current'],
    ['a', 'b', 'InProgress (RevisionMismatch)'],
    ['a', undefined, 'InProgress (RevisionMismatch)'],
    [undefined, 'b', 'InProgress (RevisionMismatch)'],
    [undefined, undefined, 'Current'],
    ['', null, 'Current'],
    [7, ['x'], 'Current'],
    ['a', 'A', 'InProgress (RevisionMismatch)'],
  ])('with the revisions %j and %j: %s', (current, update, expected) => {
    expect(kstatusTold(aStatefulSet(three, revisions(current, update)))).toBe(expected);
  });

  it.each<[unknown, Counts, string, string?]>([
    [0, three, 'Current', 'Partition rollout complete. updated: 3'],
    [0, { ...three, upd: 2 }, 'InProgress (PartitionRollout)', 'updated: 2/3'],
    [1, { ...three, upd: 2 }, 'Current'],
    [1, { ...three, upd: 1 }, 'InProgress (PartitionRollout)', 'updated: 1/2'],
    [3, { ...three, upd: 0 }, 'Current'],
    [7, { ...three, upd: 0 }, 'Current'],
    [-2, three, 'InProgress (PartitionRollout)', 'updated: 3/5'],
    [0, { ...three, rdy: 2, upd: 0 }, 'InProgress (LessReady)'],
    [0, { ...three, cur: 0 }, 'Current'],
    // Unset, as they stand for it.
    [-1, { ...three, cur: 2, upd: 0 }, 'InProgress (LessCurrent)'],
    [null, { ...three, cur: 2, upd: 0 }, 'InProgress (LessCurrent)'],
    ['0', { ...three, cur: 2, upd: 0 }, 'InProgress (LessCurrent)'],
    [0.5, { ...three, cur: 2, upd: 0 }, 'InProgress (LessCurrent)'],
    [undefined, { ...three, cur: 2, upd: 0 }, 'InProgress (LessCurrent)'],
  ])('with the partition %j and %j: %s', (partition, counts, expected, message) => {
    const object = aStatefulSet(counts, withPartition(partition));

    expect(kstatusTold(object)).toBe(expected);
    if (message !== undefined) expect(kstatusMessage(object)).toBe(message);
  });

  it('compares no revisions once a partition is set', () => {
    const { spec } = withPartition(0);

    expect(kstatusTold(aStatefulSet(three, { ...(spec && { spec }), ...revisions('a', 'b') }))).toBe('Current');
  });

  it.each([
    ['OnDelete', 'Current'],
    ['onDelete', 'InProgress (LessReady)'],
    ['', 'InProgress (LessReady)'],
    [null, 'InProgress (LessReady)'],
    [7, 'InProgress (LessReady)'],
  ])('of the strategy %j with none ready: %s', (type, expected) => {
    expect(kstatusTold(aStatefulSet({ ...three, rdy: 0 }, { spec: { updateStrategy: { type } } }))).toBe(expected);
  });

  it.each(['x', null, 7, []])('takes the strategy %j for none', (updateStrategy) => {
    expect(kstatusTold(aStatefulSet(three, { spec: { updateStrategy } }))).toBe('Current');
  });
});
