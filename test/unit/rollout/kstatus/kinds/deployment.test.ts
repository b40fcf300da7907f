import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { aDeployment, type Counts } from '../../../../support/vectors/status-objects.ts';

const finished = ['Progressing=True NewReplicaSetAvailable', 'Available=True'];
const three: Counts = { spec: 3, rep: 3, upd: 3, rdy: 3, avl: 3, conditions: finished };

describe('the counts of a Deployment', () => {
  it.each<[Counts, string, string]>([
    [three, 'Current', 'Deployment is available. Replicas: 3'],
    [{ ...three, rep: 2 }, 'InProgress (LessReplicas)', 'Replicas: 2/3'],
    [{ ...three, rep: 2, upd: 0, rdy: 0, avl: 0 }, 'InProgress (LessReplicas)', 'Replicas: 2/3'],
    [{ ...three, upd: 2 }, 'InProgress (LessUpdated)', 'Updated: 2/3'],
    [{ ...three, rep: 4, upd: 2 }, 'InProgress (LessUpdated)', 'Updated: 2/3'],
    [{ ...three, rep: 5 }, 'InProgress (ExtraPods)', 'Pending termination: 2'],
    [{ ...three, rep: 5, upd: 5, avl: 4 }, 'InProgress (ExtraPods)', 'Pending termination: 2'],
    [{ ...three, avl: 2 }, 'InProgress (LessAvailable)', 'Available: 2/3'],
    [{ ...three, upd: 4, avl: 3 }, 'InProgress (LessAvailable)', 'Available: 3/4'],
    [{ ...three, rdy: 2 }, 'InProgress (LessReady)', 'Ready: 2/3'],
    [{ ...three, rdy: 0, avl: 2 }, 'InProgress (LessAvailable)', 'Available: 2/3'],
    [{ ...three, rdy: 4, avl: 4 }, 'Current', 'Deployment is available. Replicas: 3'],
    [{ spec: 0, conditions: finished }, 'Current', 'Deployment is available. Replicas: 0'],
    [{ spec: 0, rep: 1, conditions: finished }, 'InProgress (ExtraPods)', 'Pending termination: 1'],
    [{ conditions: finished }, 'InProgress (LessReplicas)', 'Replicas: 0/1'],
    [{ rep: 1, upd: 1, rdy: 1, avl: 1, conditions: finished }, 'Current', 'Deployment is available. Replicas: 1'],
  ])('%j: %s', (counts, expected, message) => {
    expect(kstatusTold(aDeployment(counts))).toBe(expected);
    expect(kstatusMessage(aDeployment(counts))).toBe(message);
  });

  it.each([
    ['2', 'Current'],
    [null, 'Current'],
    [1.5, 'Current'],
    [[], 'Current'],
    [2, 'InProgress (LessReplicas)'],
  ])('take the default of one for spec.replicas %j: %s', (replicas, expected) => {
    expect(kstatusTold(aDeployment({ rep: 1, upd: 1, rdy: 1, avl: 1, conditions: finished }, { spec: { replicas } }))).toBe(expected);
  });

  it.each(['replicas', 'updatedReplicas', 'availableReplicas', 'readyReplicas'])(
    'take zero for a status.%s that is no integer',
    (field) => {
      for (const value of ['3', null, 2.5, true, {}]) {
        expect(kstatusTold(aDeployment(three, { status: { [field]: value } }))).toMatch(/^InProgress \(Less/);
      }
    },
  );

  it('take the defaults where spec has another type', () => {
    const object = { ...aDeployment({ rep: 1, upd: 1, rdy: 1, avl: 1, conditions: ['Available=True'] }), spec: 'x' };

    expect(kstatusTold(object)).toBe('Current');
    expect(kstatusTold({ ...object, spec: null })).toBe('Current');
  });
});

describe('the conditions of a Deployment', () => {
  const told = (conditions: readonly string[], spec = {}): string => kstatusTold(aDeployment({ ...three, conditions }, { spec }));

  it.each([
    [['Progressing=False ProgressDeadlineExceeded'], 'Failed (ProgressDeadlineExceeded)'],
    [['Progressing=True ProgressDeadlineExceeded'], 'Failed (ProgressDeadlineExceeded)'],
    [['Progressing=Unknown ProgressDeadlineExceeded'], 'Failed (ProgressDeadlineExceeded)'],
    [[...finished, 'Progressing=False ProgressDeadlineExceeded'], 'Failed (ProgressDeadlineExceeded)'],
    [['Available=True ProgressDeadlineExceeded', 'Progressing=True NewReplicaSetAvailable'], 'Current'],
    [['Progressing=False Progressdeadlineexceeded', 'Available=True'], 'InProgress (ReplicaSetNotAvailable)'],
    [['Progressing=False NewReplicaSetAvailable', 'Available=True'], 'InProgress (ReplicaSetNotAvailable)'],
    [['Progressing=True ReplicaSetUpdated', 'Available=True'], 'InProgress (ReplicaSetNotAvailable)'],
    [['Progressing=True DeploymentPaused', 'Available=True'], 'InProgress (ReplicaSetNotAvailable)'],
    [['Available=True'], 'InProgress (ReplicaSetNotAvailable)'],
    [[], 'InProgress (ReplicaSetNotAvailable)'],
    [['Progressing=True ReplicaSetUpdated', 'Progressing=True NewReplicaSetAvailable', 'Available=True'], 'Current'],
    [['Progressing=True NewReplicaSetAvailable'], 'InProgress (DeploymentNotAvailable)'],
    [['Progressing=True NewReplicaSetAvailable', 'Available=False'], 'InProgress (DeploymentNotAvailable)'],
    [['Progressing=True NewReplicaSetAvailable', 'Available=False', 'Available=True'], 'Current'],
    [['ReplicaFailure=True FailedCreate', ...finished], 'Current'],
    [['Ready=False', ...finished], 'Current'],
  ])('%j: %s', (conditions, expected) => {
    expect(told(conditions)).toBe(expected);
  });

  it.each([
    [undefined, 'Current'],
    [null, 'Current'],
    ['600', 'Current'],
    [1.5, 'Current'],
    [2_147_483_647, 'Current'],
    [2_147_483_646, 'InProgress (ReplicaSetNotAvailable)'],
    [600, 'InProgress (ReplicaSetNotAvailable)'],
    [0, 'InProgress (ReplicaSetNotAvailable)'],
  ])('say less without a deadline: progressDeadlineSeconds %j: %s', (progressDeadlineSeconds, expected) => {
    expect(told(['Available=True'], { progressDeadlineSeconds })).toBe(expected);
  });

  it('come after the counts, but for the deadline', () => {
    expect(kstatusTold(aDeployment({ spec: 3, conditions: ['Progressing=False ProgressDeadlineExceeded'] }))).toBe(
      'Failed (ProgressDeadlineExceeded)',
    );
    expect(kstatusTold(aDeployment({ spec: 3, conditions: [] }))).toBe('InProgress (LessReplicas)');
  });

  it('are not read of `paused`', () => {
    expect(told(finished, { paused: true })).toBe('Current');
  });
});
