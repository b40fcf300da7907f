import { describe, expect, it } from 'vitest';
import { kubectlRolloutStatus } from '../../../../lib/rollout/kubectl/kubectl-rollout-status.ts';
import { kubectlTold } from '../../../support/rollout/told.ts';
import { STATUS_VECTORS } from '../../../support/vectors/rollout-status.ts';
import {
  aDaemonSet,
  aDeployment,
  anObject,
  aStatefulSet,
  type Counts,
  type Json,
  type NodeCounts,
  withPartition,
} from '../../../support/vectors/status-objects.ts';

describe('the published vectors as kubectl tells them', () => {
  it.each(STATUS_VECTORS)('$id: $title', ({ object, kubectl }) => {
    const { status, reason } = kubectlRolloutStatus(object);

    expect(status).toBe(kubectl === '-' ? 'error' : kubectl);
    if (kubectl === '-') expect(reason).toBe('NoStatusViewer');
  });
});

describe('a Deployment', () => {
  const three: Counts = { spec: 3, rep: 3, upd: 3, avl: 3 };
  const waiting = 'Waiting for deployment "web" rollout to finish:';

  it.each<[Counts, string, string]>([
    [three, 'done', 'deployment "web" successfully rolled out'],
    [{ ...three, g: 1, o: 2 }, 'done', 'deployment "web" successfully rolled out'],
    [{ ...three, g: 2 }, 'wait (GenerationNotObserved)', 'Waiting for deployment spec update to be observed...'],
    [{ ...three, g: undefined, o: undefined }, 'done', 'deployment "web" successfully rolled out'],
    [{ ...three, o: undefined }, 'wait (GenerationNotObserved)', 'Waiting for deployment spec update to be observed...'],
    [{ ...three, upd: 2 }, 'wait (LessUpdated)', `${waiting} 2 out of 3 new replicas have been updated...`],
    [{ ...three, rep: 4, upd: 2, avl: 0 }, 'wait (LessUpdated)', `${waiting} 2 out of 3 new replicas have been updated...`],
    [{ ...three, rep: 5, avl: 0 }, 'wait (OldReplicas)', `${waiting} 2 old replicas are pending termination...`],
    [{ ...three, avl: 2 }, 'wait (LessAvailable)', `${waiting} 2 of 3 updated replicas are available...`],
    [{ ...three, rep: 1 }, 'done', 'deployment "web" successfully rolled out'],
    [{ ...three, rdy: 0 }, 'done', 'deployment "web" successfully rolled out'],
    [{}, 'done', 'deployment "web" successfully rolled out'],
    [{ upd: 0, rep: 1 }, 'wait (OldReplicas)', `${waiting} 1 old replicas are pending termination...`],
    [{ spec: 0 }, 'done', 'deployment "web" successfully rolled out'],
    [{ spec: 1 }, 'wait (LessUpdated)', `${waiting} 0 out of 1 new replicas have been updated...`],
  ])('with %j: %s', (counts, expected, message) => {
    expect(kubectlTold(aDeployment(counts))).toBe(expected);
    expect(kubectlRolloutStatus(aDeployment(counts)).message).toBe(message);
  });

  it.each([
    [['Progressing=False ProgressDeadlineExceeded'], 'error (ProgressDeadlineExceeded)'],
    [['Progressing=True ProgressDeadlineExceeded'], 'error (ProgressDeadlineExceeded)'],
    [['Progressing=True', 'Progressing=False ProgressDeadlineExceeded'], 'done'],
    [['Available=False ProgressDeadlineExceeded'], 'done'],
    [['Available=False MinimumReplicasUnavailable'], 'done'],
    [['ReplicaFailure=True FailedCreate'], 'done'],
    [['Stalled=True Stuck'], 'done'],
  ])('with the conditions %j: %s', (conditions, expected) => {
    expect(kubectlTold(aDeployment({ ...three, conditions }))).toBe(expected);
  });

  it('is late only in the generation that was observed, and is told by its name', () => {
    const conditions = ['Progressing=False ProgressDeadlineExceeded'];

    expect(kubectlTold(aDeployment({ ...three, g: 2, conditions }))).toBe('wait (GenerationNotObserved)');
    expect(kubectlRolloutStatus(aDeployment({ ...three, conditions })).message).toBe('deployment "web" exceeded its progress deadline');
  });

  it('is done while it is paused or being deleted', () => {
    expect(kubectlTold(aDeployment(three, { spec: { paused: true }, metadata: { deletionTimestamp: '2026-11-02T12:00:00Z' } }))).toBe(
      'done',
    );
  });

  it.each<[Json, Json, string]>([
    [{ replicas: '3' }, {}, 'spec.replicas is a text, not an integer'],
    [{ replicas: 1.5 }, {}, 'spec.replicas is a fraction, not an integer'],
    [{}, { updatedReplicas: true }, 'status.updatedReplicas is true or false, not an integer'],
    [{}, { observedGeneration: '1' }, 'status.observedGeneration is a text, not an integer'],
    [{}, { conditions: {} }, 'status.conditions is a mapping, not a list'],
    [{}, { conditions: ['x'] }, 'status.conditions[0] is a text, not a mapping'],
    [{}, { conditions: [{ reason: 7 }] }, 'status.conditions[0].reason is an integer, not a text'],
  ])('with the spec %j and the status %j is an error', (spec, status, why) => {
    expect(kubectlRolloutStatus(aDeployment(three, { spec, status }))).toEqual({
      status: 'error',
      reason: 'InvalidField',
      message: `the status cannot be told: ${why}`,
    });
  });

  it.each<[Json, Json, string]>([
    [{ replicas: null }, {}, 'done'],
    [{}, { conditions: null }, 'done'],
    [{}, { conditions: [null] }, 'done'],
    [{}, { updatedReplicas: null }, 'wait (LessUpdated)'],
    [{}, { observedGeneration: null }, 'wait (GenerationNotObserved)'],
    [{ replicas: 2 ** 32 + 3 }, {}, 'done'],
  ])('with the spec %j and the status %j: %s', (spec, status, expected) => {
    expect(kubectlTold(aDeployment(three, { spec, status }))).toBe(expected);
  });

  it.each([
    ['metadata', null, 'done'],
    ['spec', null, 'done'],
    ['status', null, 'wait (GenerationNotObserved)'],
    ['metadata', 'x', 'error (InvalidField)'],
    ['spec', [], 'error (InvalidField)'],
    ['status', 7, 'error (InvalidField)'],
  ])('with %s %j: %s', (field, value, expected) => {
    expect(kubectlTold({ ...aDeployment(three), [field]: value })).toBe(expected);
  });
});

describe('a DaemonSet', () => {
  const four: NodeCounts = { desired: 4, upd: 4, avl: 4 };
  const waiting = 'Waiting for daemon set "web" rollout to finish:';

  it.each<[NodeCounts, string, string]>([
    [four, 'done', 'daemon set "web" successfully rolled out'],
    [{ ...four, upd: 3, avl: 0 }, 'wait (LessUpdated)', `${waiting} 3 out of 4 new pods have been updated...`],
    [{ ...four, avl: 3 }, 'wait (LessAvailable)', `${waiting} 3 of 4 updated pods are available...`],
    [{ ...four, cur: 0, rdy: 0 }, 'done', 'daemon set "web" successfully rolled out'],
    [{ desired: 0 }, 'done', 'daemon set "web" successfully rolled out'],
    [{}, 'done', 'daemon set "web" successfully rolled out'],
    [{ desired: -1 }, 'done', 'daemon set "web" successfully rolled out'],
  ])('with %j: %s', (counts, expected, message) => {
    expect(kubectlTold(aDaemonSet(counts))).toBe(expected);
    expect(kubectlRolloutStatus(aDaemonSet(counts)).message).toBe(message);
  });

  it.each<[Json, Json, string]>([
    [{ generation: 2 }, {}, 'wait (GenerationNotObserved)'],
    [{}, { observedGeneration: 2 }, 'done'],
    [{ generation: undefined }, { observedGeneration: undefined }, 'done'],
    [{}, { observedGeneration: undefined }, 'wait (GenerationNotObserved)'],
  ])('with the metadata %j and the status %j: %s', (metadata, status, expected) => {
    expect(kubectlTold(aDaemonSet(four, { metadata, status }))).toBe(expected);
  });

  it.each(['OnDelete', '', 'rollingUpdate', null, undefined])('of the strategy %j is an error', (type) => {
    const object = aDaemonSet({ ...four, upd: 0 }, { metadata: { generation: 2 }, spec: { updateStrategy: { type } } });

    expect(kubectlRolloutStatus(object)).toEqual({
      status: 'error',
      reason: 'NotRollingUpdate',
      message: 'rollout status is only available for RollingUpdate strategy type',
    });
  });

  it('without a strategy is an error', () => {
    expect(kubectlTold(aDaemonSet(four, { spec: { updateStrategy: null } }))).toBe('error (NotRollingUpdate)');
    expect(kubectlTold(aDaemonSet(four, { spec: { updateStrategy: 'x' } }))).toBe('error (InvalidField)');
  });
});

describe('a StatefulSet', () => {
  const three: Counts = { spec: 3, rep: 3, rdy: 3, upd: 3, cur: 3 };
  const observed = 'Waiting for statefulset spec update to be observed...';

  it.each<[Counts, string, string]>([
    [three, 'done', 'statefulset rolling update complete 3 pods at revision ...'],
    [{ ...three, o: 0 }, 'wait (GenerationNotObserved)', observed],
    [{ ...three, g: 0, o: 0 }, 'wait (GenerationNotObserved)', observed],
    [{ ...three, o: undefined }, 'wait (GenerationNotObserved)', observed],
    [{ ...three, g: 2 }, 'wait (GenerationNotObserved)', observed],
    [{ ...three, g: 1, o: 2 }, 'done', 'statefulset rolling update complete 3 pods at revision ...'],
    [{ ...three, rdy: 1 }, 'wait (LessReady)', 'Waiting for 2 pods to be ready...'],
    [{ ...three, rep: 4 }, 'done', 'statefulset rolling update complete 3 pods at revision ...'],
    [{ ...three, rdy: 4 }, 'done', 'statefulset rolling update complete 3 pods at revision ...'],
    [{ rdy: 0 }, 'done', 'statefulset rolling update complete 0 pods at revision ...'],
    [{ ...three, avl: 0 }, 'done', 'statefulset rolling update complete 3 pods at revision ...'],
  ])('with %j: %s', (counts, expected, message) => {
    expect(kubectlTold(aStatefulSet(counts))).toBe(expected);
    expect(kubectlRolloutStatus(aStatefulSet(counts)).message).toBe(message);
  });

  it.each<[unknown, Counts, string, string]>([
    [0, three, 'done', 'partitioned roll out complete: 3 new pods have been updated...'],
    [
      0,
      { ...three, upd: 2 },
      'wait (PartitionRollout)',
      'Waiting for partitioned roll out to finish: 2 out of 3 new pods have been updated...',
    ],
    [2, { ...three, upd: 1 }, 'done', 'partitioned roll out complete: 1 new pods have been updated...'],
    [7, { ...three, upd: 0 }, 'done', 'partitioned roll out complete: 0 new pods have been updated...'],
    [null, { ...three, upd: 0 }, 'done', 'partitioned roll out complete: 0 new pods have been updated...'],
    [undefined, { ...three, upd: 0 }, 'done', 'partitioned roll out complete: 0 new pods have been updated...'],
    [0, { rdy: 1, upd: 0 }, 'done', 'partitioned roll out complete: 0 new pods have been updated...'],
  ])('with the partition %j and %j: %s', (partition, counts, expected, message) => {
    const object = aStatefulSet(counts, withPartition(partition));

    expect(kubectlTold(object)).toBe(expected);
    expect(kubectlRolloutStatus(object).message).toBe(message);
  });

  it('compares revisions only without rollingUpdate', () => {
    const status = { currentRevision: 'web-1', updateRevision: 'web-2' };

    expect(kubectlRolloutStatus(aStatefulSet(three, { status }))).toEqual({
      status: 'wait',
      reason: 'RevisionMismatch',
      message: 'waiting for statefulset rolling update to complete 3 pods at revision web-2...',
    });
    expect(kubectlTold(aStatefulSet(three, { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: null } }, status }))).toBe(
      'wait (RevisionMismatch)',
    );
    expect(kubectlTold(aStatefulSet(three, { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: {} } }, status }))).toBe(
      'done',
    );
  });

  it.each(['OnDelete', '', null, undefined])('of the strategy %j is an error, also before it is observed', (type) => {
    expect(kubectlTold(aStatefulSet({ ...three, g: 2 }, { spec: { updateStrategy: { type } } }))).toBe('error (NotRollingUpdate)');
  });

  it('with a field of the wrong type is an error, also where it would not be needed', () => {
    expect(kubectlTold(aStatefulSet({ ...three, g: 2 }, { status: { updateRevision: 7 } }))).toBe('error (InvalidField)');
    expect(kubectlTold(aStatefulSet(three, withPartition('0')))).toBe('error (InvalidField)');
    expect(kubectlTold(aStatefulSet(three, { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: 7 } } }))).toBe(
      'error (InvalidField)',
    );
  });
});

describe('another kind', () => {
  it.each([
    ['batch/v1 Job', 'Job.batch'],
    ['v1 Pod', 'Pod'],
    ['apps/v1 ReplicaSet', 'ReplicaSet.apps'],
    ['extensions/v1beta1 StatefulSet', 'StatefulSet.extensions'],
    ['example.com/v1 Deployment', 'Deployment.example.com'],
    ['v1 Deployment', 'Deployment'],
  ])('%s is an error that names it', (title, name) => {
    expect(kubectlRolloutStatus(anObject(title))).toEqual({
      status: 'error',
      reason: 'NoStatusViewer',
      message: `no status viewer has been implemented for ${name}`,
    });
  });

  it.each(['extensions/v1beta1', 'apps/v1beta1'])('is not what a Deployment or DaemonSet of %s is', (apiVersion) => {
    expect(kubectlTold({ ...aDeployment({}), apiVersion })).toBe('done');
    expect(kubectlTold({ ...aDaemonSet({}), apiVersion })).toBe('done');
  });

  it.each([[null], ['x'], [[]], [undefined]])('is what %j is', (object) => {
    expect(kubectlTold(object)).toBe('error (NoStatusViewer)');
  });
});
