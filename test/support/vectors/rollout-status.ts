import {
  aDaemonSet,
  aDeployment,
  aJob,
  anObject,
  aPod,
  aReplicaSet,
  aStatefulSet,
  type Json,
  LONG_AGO,
  NOW,
  withPartition,
} from './status-objects.ts';

export interface StatusVector {
  readonly id: number;
  readonly title: string;
  readonly object: Json;
  /** `Status`, or `Status (Reason)`; `error` for an object that has none. */
  readonly kstatus: string;
  /** `-` for a kind that kubectl has no rollout status for. */
  readonly kubectl: 'done' | 'wait' | 'error' | '-';
  /** The outcome, and the word that its reason contains. */
  readonly verdict?: string;
  /** Objects of the same input. */
  readonly around?: readonly Json[];
}

const rolling = ['Progressing=True ReplicaSetUpdated', 'Available=True MinimumReplicasAvailable'];
const rolledOut = ['Progressing=True NewReplicaSetAvailable', 'Available=True MinimumReplicasAvailable'];
const late = ['Progressing=False ProgressDeadlineExceeded', 'Available=True MinimumReplicasAvailable'];
const one = { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 };
const terminated = { terminated: { exitCode: 1, reason: 'Error' } };
const revisions = { currentRevision: 'web-1', updateRevision: 'web-2' };
const sameRevision = { currentRevision: 'web-1', updateRevision: 'web-1' };
const onDelete = { updateStrategy: { type: 'OnDelete' } };
const inCrashLoop = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } };
const ownedBy = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `${name}-uid`, controller: true }],
});

/** The published vectors. */
export const STATUS_VECTORS: readonly StatusVector[] = [
  { id: 1, title: 'Pod, no status', object: anObject('v1 Pod'), kstatus: 'InProgress (PodNotObserved)', kubectl: '-' },
  {
    id: 3,
    title: 'Pod Succeeded, not ready',
    object: aPod('Succeeded', { conditions: ['Ready=False PodCompleted'] }),
    kstatus: 'Current',
    kubectl: '-',
  },
  {
    id: 5,
    title: 'Pod that cannot be scheduled, created now',
    object: aPod('Pending', {
      conditions: ['PodScheduled=False Unschedulable'],
      metadata: { creationTimestamp: new Date(NOW).toISOString() },
    }),
    kstatus: 'InProgress (PodNotScheduled)',
    kubectl: '-',
  },
  {
    id: 7,
    title: 'Pod in a crash loop, restartPolicy OnFailure',
    object: aPod('Running', {
      conditions: ['Ready=False ContainersNotReady'],
      waiting: ['CrashLoopBackOff'],
      spec: { restartPolicy: 'OnFailure' },
    }),
    kstatus: 'Failed (ContainerCrashLooping)',
    kubectl: '-',
  },
  {
    id: 9,
    title: 'Pod that is not ready after an exit',
    object: aPod('Running', {
      conditions: ['Ready=False'],
      status: { containerStatuses: [{ name: 'c0', state: terminated, lastState: terminated }] },
    }),
    kstatus: 'InProgress (PodRunningNotReady)',
    kubectl: '-',
  },
  {
    id: 11,
    title: 'Pod Ready, restartPolicy Never',
    object: aPod('Running', { conditions: ['Ready=True'], spec: { restartPolicy: 'Never' } }),
    kstatus: 'Current',
    kubectl: '-',
  },
  { id: 13, title: 'PVC, no status', object: anObject('v1 PersistentVolumeClaim'), kstatus: 'InProgress (NotBound)', kubectl: '-' },
  {
    id: 15,
    title: 'StatefulSet without partition',
    object: aStatefulSet({ spec: 4, rep: 4, rdy: 4, cur: 4 }),
    kstatus: 'Current',
    kubectl: 'done',
  },
  {
    id: 17,
    title: 'StatefulSet OnDelete',
    object: aStatefulSet({ spec: 1, rep: 1, rdy: 1 }, { spec: onDelete }),
    kstatus: 'Current',
    kubectl: 'error',
  },
  { id: 19, title: 'DaemonSet', object: aDaemonSet({ desired: 4, cur: 4, upd: 4, avl: 4, rdy: 4 }), kstatus: 'Current', kubectl: 'done' },
  {
    id: 21,
    title: 'DaemonSet OnDelete without generation',
    object: aDaemonSet({ desired: 2, cur: 2, avl: 2, rdy: 2 }, { metadata: { generation: undefined }, spec: onDelete }),
    kstatus: 'InProgress (NoGeneration)',
    kubectl: 'error',
  },
  { id: 23, title: 'Deployment rolled out', object: aDeployment({ ...one, conditions: rolledOut }), kstatus: 'Current', kubectl: 'done' },
  {
    id: 25,
    title: 'Deployment without deadline, available',
    object: aDeployment({ ...one, conditions: ['Available=True'] }, { spec: { progressDeadlineSeconds: undefined } }),
    kstatus: 'Current',
    kubectl: 'done',
  },
  {
    id: 27,
    title: 'Deployment with an old pod',
    object: aDeployment({ ...one, g: 4, o: 4, rep: 2, conditions: rolling }),
    kstatus: 'InProgress (ExtraPods)',
    kubectl: 'wait',
  },
  {
    id: 29,
    title: 'Deployment with an old pod, too late',
    object: aDeployment({ ...one, g: 4, o: 4, rep: 2, conditions: late }),
    kstatus: 'Failed (ProgressDeadlineExceeded)',
    kubectl: 'error',
  },
  {
    id: 31,
    title: 'ReplicaSet with ReplicaFailure',
    object: aReplicaSet(
      { spec: 4, rep: 4, rdy: 4, avl: 4, conditions: ['ReplicaFailure=True FailedCreate'] },
      { status: { fullyLabeledReplicas: 4 } },
    ),
    kstatus: 'InProgress (ReplicaFailure)',
    kubectl: '-',
  },
  { id: 33, title: 'Job, no status', object: anObject('batch/v1 Job'), kstatus: 'InProgress (JobNotStarted)', kubectl: '-' },
  {
    id: 35,
    title: 'Service LoadBalancer without clusterIP',
    object: anObject('v1 Service', { spec: { type: 'LoadBalancer' } }),
    kstatus: 'InProgress (NoIPAssigned)',
    kubectl: '-',
  },
  {
    id: 37,
    title: 'CRD, no status',
    object: anObject('apiextensions.k8s.io/v1 CustomResourceDefinition'),
    kstatus: 'InProgress (Installing)',
    kubectl: '-',
  },
  {
    id: 39,
    title: 'PodDisruptionBudget g2 o1',
    object: anObject('policy/v1 PodDisruptionBudget', { metadata: { generation: 2 }, status: { observedGeneration: 1 } }),
    kstatus: 'InProgress (LatestGenerationNotObserved)',
    kubectl: '-',
  },
  {
    id: 41,
    title: 'HPA, only AbleToScale=True',
    object: anObject('autoscaling/v2 HorizontalPodAutoscaler', { status: { conditions: [{ type: 'AbleToScale', status: 'True' }] } }),
    kstatus: 'Current',
    kubectl: '-',
  },
  {
    id: 43,
    title: 'Deployment g0 o1, nothing updated',
    object: aDeployment({ g: 0, o: 1, spec: 1, rep: 1, upd: 0 }),
    kstatus: 'InProgress (LatestGenerationNotObserved)',
    kubectl: 'wait',
  },
  {
    id: 45,
    title: 'StatefulSet with one not ready',
    object: aStatefulSet({ spec: 3, rep: 3, rdy: 2, cur: 3 }, { status: sameRevision }),
    kstatus: 'InProgress (LessReady)',
    kubectl: 'wait',
  },
  {
    id: 47,
    title: 'Deployment paused',
    object: aDeployment({ g: 2, o: 2, spec: 2, rep: 2, upd: 0, rdy: 2, avl: 2 }, { spec: { paused: true } }),
    kstatus: 'InProgress (LessUpdated)',
    kubectl: 'wait',
    verdict: 'blocked paused',
  },
  {
    id: 49,
    title: 'Deployment complete, still ReplicaSetUpdated',
    object: aDeployment({ ...one, conditions: rolling }),
    kstatus: 'InProgress (ReplicaSetNotAvailable)',
    kubectl: 'done',
    verdict: 'done',
  },
  {
    id: 51,
    title: 'Deployment g3 o2, too late in the old generation',
    object: aDeployment({ ...one, g: 3, o: 2, conditions: late }),
    kstatus: 'InProgress (LatestGenerationNotObserved)',
    kubectl: 'wait',
    verdict: 'waiting',
  },
  {
    id: 53,
    title: 'StatefulSet partition 0, revisions differ',
    object: aStatefulSet({ spec: 3, rep: 3, upd: 3, rdy: 3, avl: 3 }, { ...withPartition(0), status: revisions }),
    kstatus: 'Current',
    kubectl: 'done',
    verdict: 'done',
  },
  {
    id: 55,
    title: 'StatefulSet partition 0, minReadySeconds',
    object: aStatefulSet({ spec: 3, rep: 3, upd: 3, rdy: 3, avl: 1 }, { spec: { ...withPartition(0).spec, minReadySeconds: 60 } }),
    kstatus: 'Current',
    kubectl: 'done',
    verdict: 'waiting',
  },
  {
    id: 57,
    title: 'StatefulSet OnDelete, none ready',
    object: aStatefulSet({ spec: 3, rep: 3, rdy: 0 }, { spec: onDelete }),
    kstatus: 'Current',
    kubectl: 'error',
    verdict: 'waiting ready',
  },
  {
    id: 59,
    title: 'Pod Pending, init container in a crash loop',
    object: aPod('Pending', {
      spec: { initContainers: [{ name: 'setup' }] },
      status: { initContainerStatuses: [{ name: 'setup', state: inCrashLoop }] },
    }),
    kstatus: 'InProgress (PodPending)',
    kubectl: '-',
    verdict: 'failed',
  },
  {
    id: 61,
    title: 'Pod Ready, sidecar in a crash loop',
    object: aPod('Running', {
      conditions: ['Ready=True'],
      spec: { containers: [{ name: 'web' }, { name: 'sidecar' }] },
      status: {
        containerStatuses: [
          { name: 'web', ready: true, state: { running: {} } },
          { name: 'sidecar', state: inCrashLoop },
        ],
      },
    }),
    kstatus: 'Current',
    kubectl: '-',
    verdict: 'failed',
  },
  {
    id: 63,
    title: 'Pod evicted, owner healthy',
    object: aPod('Failed', { metadata: { name: 'web-1-a', ...ownedBy('ReplicaSet', 'web-1') }, status: { reason: 'Evicted' } }),
    kstatus: 'Current',
    kubectl: '-',
    verdict: 'ignored',
    around: [
      aReplicaSet(
        { spec: 1, rep: 1, rdy: 1, avl: 1 },
        { metadata: { name: 'web-1', uid: 'web-1-uid' }, status: { fullyLabeledReplicas: 1 } },
      ),
    ],
  },
  {
    id: 65,
    title: 'Job that is about to fail',
    object: aJob(['FailureTarget=True BackoffLimitExceeded'], { status: { failed: 7 } }),
    kstatus: 'Current',
    kubectl: '-',
    verdict: 'failed',
  },
  {
    id: 67,
    title: 'PVC Lost',
    object: anObject('v1 PersistentVolumeClaim', { status: { phase: 'Lost' } }),
    kstatus: 'InProgress (NotBound)',
    kubectl: '-',
    verdict: 'failed',
  },
  {
    id: 69,
    title: 'Argo Rollout, observedGeneration a text',
    object: anObject('argoproj.io/v1alpha1 Rollout', {
      metadata: { generation: 2 },
      status: { observedGeneration: '2', phase: 'Healthy' },
    }),
    kstatus: 'error',
    kubectl: '-',
    verdict: 'done',
  },
  {
    id: 71,
    title: 'Node not ready',
    object: anObject('v1 Node', {
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', lastTransitionTime: LONG_AGO }] },
    }),
    kstatus: 'InProgress (KubeletNotReady)',
    kubectl: '-',
  },
];
