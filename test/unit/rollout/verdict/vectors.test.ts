import { expect, it } from 'vitest';
import type { Outcome } from '../../../../lib/rollout/verdict/outcome.ts';
import type { Observed } from '../../../../lib/rollout/verdict/scene.ts';
import { verdict } from '../../../../lib/rollout/verdict/verdict.ts';
import { conditions, daemonSet, deployment, NOW, pod, replicaSet, statefulSet, waitsFor } from './objects.ts';

const inThree = { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } } };
const onDelete = { spec: { updateStrategy: { type: 'OnDelete' } } };
const differ = { currentRevision: 'web-1', updateRevision: 'web-2' };
const same = { currentRevision: 'web-1', updateRevision: 'web-1' };
const evicted = {
  phase: 'Failed',
  ready: false,
  status: { reason: 'Evicted', message: 'The node was low on resource: memory.' },
  metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'web-uid', controller: true }] },
};
const healthySet = replicaSet({ counts: { spec: 2, rep: 2, rdy: 2, avl: 2 } });
const ailingSet = replicaSet({ counts: { spec: 2, rep: 2, rdy: 1, avl: 1 } });
const job = (status: object, spec: object = {}) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'import' }, spec, status });
const custom = (apiVersion: string, kind: string, status: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'thing', ...metadata },
  spec: {},
  status,
});
const rollout = (phase: string | undefined, observedGeneration: string) =>
  custom('argoproj.io/v1alpha1', 'Rollout', { observedGeneration, ...(phase && { phase }) }, { generation: 2 });

const vectors: readonly (readonly [situation: string, observed: Observed, outcome: Outcome, reason: string])[] = [
  // Deployments
  [
    'a paused Deployment in mid-rollout',
    { object: deployment({ counts: { g: 2, o: 2, spec: 2, rep: 2, upd: 0, rdy: 2, avl: 2 }, spec: { paused: true } }) },
    'blocked',
    'Paused',
  ],
  [
    'a Deployment that is complete and still says ReplicaSetUpdated',
    {
      object: deployment({
        counts: { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 },
        status: conditions('Progressing=True ReplicaSetUpdated', 'Available=True'),
      }),
    },
    'done',
    'Available',
  ],
  [
    'a deadline exceeded by an older generation',
    {
      object: deployment({
        counts: { g: 3, o: 2, spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 },
        status: conditions('Progressing=False ProgressDeadlineExceeded'),
      }),
    },
    'waiting',
    'LatestGenerationNotObserved',
  ],
  [
    'a deadline exceeded by this generation',
    {
      object: deployment({
        counts: { g: 4, o: 4, spec: 1, rep: 2, upd: 1, rdy: 1, avl: 1 },
        status: conditions('Progressing=False ProgressDeadlineExceeded', 'Available=True'),
      }),
    },
    'failed',
    'ProgressDeadlineExceeded',
  ],
  [
    'a Deployment with a pod of the old version',
    {
      object: deployment({
        counts: { g: 4, o: 4, spec: 1, rep: 2, upd: 1, rdy: 1, avl: 1 },
        status: conditions('Progressing=True ReplicaSetUpdated', 'Available=True'),
      }),
    },
    'waiting',
    'OldReplicas',
  ],
  [
    'a Deployment of no replicas',
    {
      object: deployment({
        counts: { spec: 0 },
        status: conditions('Available=False MinimumReplicasUnavailable', 'Progressing=False ProgressDeadlineExceeded'),
      }),
    },
    'done',
    'ScaledToZero',
  ],
  ['a Deployment of no replicas with a pod left', { object: deployment({ counts: { spec: 0, rep: 1, upd: 1 } }) }, 'waiting', 'ExtraPods'],
  [
    'a Deployment whose controller is ahead',
    { object: deployment({ counts: { g: 0, o: 1, spec: 1, rep: 1, upd: 0 } }) },
    'waiting',
    'LessUpdated',
  ],
  [
    'a Deployment that nobody has seen',
    { object: deployment({ counts: { spec: 1 }, status: { observedGeneration: null } }) },
    'waiting',
    'LatestGenerationNotObserved',
  ],
  ['a Deployment of one replica unless told', { object: deployment({ counts: { rep: 1, upd: 1, rdy: 1, avl: 1 } }) }, 'done', 'Available'],
  [
    'a Deployment in its minReadySeconds',
    { object: deployment({ counts: { spec: 2, rep: 2, upd: 2, rdy: 2, avl: 1 } }) },
    'waiting',
    'LessAvailable',
  ],
  [
    'a quota that refuses the pods',
    { object: deployment({ counts: { spec: 2, rep: 1, upd: 1 }, status: conditions('ReplicaFailure=True FailedCreate') }) },
    'failed',
    'FailedCreate',
  ],
  [
    'a ReplicaSet whose pods a quota refuses',
    { object: replicaSet({ counts: { spec: 4, rep: 4, rdy: 4, avl: 4 }, status: conditions('ReplicaFailure=True FailedCreate') }) },
    'failed',
    'FailedCreate',
  ],
  [
    'a ReplicaSet that cannot delete a pod',
    { object: replicaSet({ counts: { spec: 3, rep: 4, rdy: 4, avl: 4 }, status: conditions('ReplicaFailure=True FailedDelete') }) },
    'waiting',
    'ExtraPods',
  ],
  // StatefulSets
  [
    'a StatefulSet whose revisions differ once all is updated',
    { object: statefulSet({ counts: { spec: 3, rep: 3, upd: 3, rdy: 3, avl: 3 }, ...inThree, status: differ }) },
    'done',
    'Ready',
  ],
  [
    'a StatefulSet in its minReadySeconds',
    { object: statefulSet({ counts: { spec: 3, rep: 3, upd: 3, rdy: 3, avl: 1 }, spec: { ...inThree.spec, minReadySeconds: 60 } }) },
    'waiting',
    'LessAvailable',
  ],
  [
    'a StatefulSet with OnDelete and nothing ready',
    { object: statefulSet({ counts: { spec: 3, rep: 3, rdy: 0 }, ...onDelete }) },
    'waiting',
    'LessReady',
  ],
  [
    'a StatefulSet with OnDelete, ready, of two revisions',
    { object: statefulSet({ counts: { spec: 3, rep: 3, rdy: 3 }, ...onDelete, status: differ }) },
    'done',
    'Ready',
  ],
  [
    'a StatefulSet without partition',
    { object: statefulSet({ counts: { spec: 4, rep: 4, rdy: 4, cur: 4 }, spec: { updateStrategy: { type: 'RollingUpdate' } } }) },
    'done',
    'Ready',
  ],
  [
    'a StatefulSet without partition whose revisions differ',
    { object: statefulSet({ counts: { spec: 3, rep: 3, rdy: 3, cur: 2 }, status: differ }) },
    'waiting',
    'RevisionMismatch',
  ],
  [
    'a StatefulSet that is not all ready',
    { object: statefulSet({ counts: { spec: 3, rep: 3, rdy: 2, cur: 3 }, status: same }) },
    'waiting',
    'LessReady',
  ],
  [
    'a StatefulSet that says nothing of a generation',
    {
      object: statefulSet({
        counts: { spec: 1, rep: 1, rdy: 1 },
        metadata: { generation: undefined },
        status: { observedGeneration: undefined },
      }),
    },
    'waiting',
    'NotObserved',
  ],
  [
    'a StatefulSet that has observed generation 0',
    { object: statefulSet({ counts: { g: 0, o: 0, spec: 1, rep: 1, rdy: 1 } }) },
    'waiting',
    'NotObserved',
  ],
  [
    'a StatefulSet with a pod too many',
    { object: statefulSet({ counts: { spec: 3, rep: 4, upd: 4, rdy: 4, avl: 4 }, ...inThree }) },
    'waiting',
    'ExtraPods',
  ],
  [
    'a StatefulSet at its partition',
    {
      object: statefulSet({
        counts: { spec: 3, rep: 3, upd: 1, rdy: 3, avl: 3 },
        spec: { updateStrategy: { rollingUpdate: { partition: 2 } } },
        status: differ,
      }),
    },
    'done',
    'Ready',
  ],
  [
    'a StatefulSet on its way to its partition',
    {
      object: statefulSet({
        counts: { spec: 3, rep: 3, upd: 0, rdy: 3, avl: 3 },
        spec: { updateStrategy: { rollingUpdate: { partition: 2 } } },
        status: differ,
      }),
    },
    'waiting',
    'PartitionRollout',
  ],
  [
    'a StatefulSet whose partition keeps all',
    {
      object: statefulSet({
        counts: { spec: 3, rep: 3, upd: 0, rdy: 3, avl: 3 },
        spec: { updateStrategy: { rollingUpdate: { partition: 5 } } },
        status: differ,
      }),
    },
    'done',
    'Ready',
  ],
  ['a StatefulSet of no replicas', { object: statefulSet({ counts: { spec: 0, rep: 0 } }) }, 'done', 'ScaledToZero'],
  // DaemonSets
  [
    'a DaemonSet on all nodes',
    {
      object: daemonSet({
        desiredNumberScheduled: 4,
        currentNumberScheduled: 4,
        updatedNumberScheduled: 4,
        numberAvailable: 4,
        numberReady: 4,
      }),
    },
    'done',
    'Available',
  ],
  ['a DaemonSet with no node to be on', { object: daemonSet({ desiredNumberScheduled: 0 }) }, 'done', 'Available'],
  ['a DaemonSet that counts no nodes yet', { object: daemonSet({}) }, 'waiting', 'NoDesiredNumber'],
  [
    'a DaemonSet half updated',
    {
      object: daemonSet({
        desiredNumberScheduled: 4,
        currentNumberScheduled: 4,
        updatedNumberScheduled: 2,
        numberAvailable: 4,
        numberReady: 4,
      }),
    },
    'waiting',
    'LessUpdated',
  ],
  [
    'a DaemonSet with OnDelete, without a generation',
    {
      object: daemonSet(
        { desiredNumberScheduled: 2, currentNumberScheduled: 2, numberAvailable: 2, numberReady: 2, observedGeneration: undefined },
        { ...onDelete, metadata: { generation: undefined } },
      ),
    },
    'done',
    'Available',
  ],
  [
    'a DaemonSet with pods where none should be',
    {
      object: daemonSet({
        desiredNumberScheduled: 1,
        currentNumberScheduled: 1,
        updatedNumberScheduled: 1,
        numberAvailable: 1,
        numberReady: 1,
        numberMisscheduled: 2,
      }),
    },
    'done',
    'Available',
  ],
  // Pods
  ['a Pod without a status', { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } } }, 'waiting', 'NotObserved'],
  [
    'a Pod whose init container crashes',
    { object: pod({ phase: 'Pending', init: waitsFor('CrashLoopBackOff'), main: waitsFor('PodInitializing') }) },
    'failed',
    'CrashLoopBackOff',
  ],
  [
    'a Ready Pod whose sidecar crashes',
    {
      object: pod({
        ready: true,
        status: {
          containerStatuses: [
            { name: 'web', ready: true, state: { running: {} } },
            { name: 'proxy', ...waitsFor('CrashLoopBackOff') },
          ],
        },
      }),
    },
    'failed',
    'CrashLoopBackOff',
  ],
  ['an evicted Pod whose owner is healthy', { object: pod(evicted), owners: [healthySet] }, 'ignored', 'Evicted'],
  ['an evicted Pod whose owner nobody looked at', { object: pod(evicted) }, 'ignored', 'Evicted'],
  ['an evicted Pod whose owner is not healthy', { object: pod(evicted), owners: [ailingSet] }, 'waiting', 'Evicted'],
  ['a failed Pod of its own', { object: pod({ ...evicted, metadata: {} }) }, 'failed', 'Evicted'],
  ['a Pod that ran to its end', { object: pod({ phase: 'Succeeded', ready: false }) }, 'done', 'Succeeded'],
  ['a Pod that runs and is ready', { object: pod() }, 'done', 'Ready'],
  [
    'a Pod that was out of memory once',
    {
      object: pod({
        main: { ready: true, restartCount: 2, state: { running: {} }, lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } } },
      }),
    },
    'degraded',
    'OOMKilled',
  ],
  [
    'a gated Pod',
    {
      object: pod({
        phase: 'Pending',
        age: 9_000_000,
        spec: { nodeName: undefined },
        status: { ...conditions('PodScheduled=False SchedulingGated'), containerStatuses: [] },
      }),
    },
    'waiting',
    'SchedulingGated',
  ],
  // Jobs
  [
    'a Job that will fail',
    { object: job({ startTime: '2026-11-20T11:00:00Z', failed: 7, ...conditions('FailureTarget=True BackoffLimitExceeded') }) },
    'failed',
    'BackoffLimitExceeded',
  ],
  ['a Job that failed', { object: job({ ...conditions('Failed=True DeadlineExceeded') }) }, 'failed', 'DeadlineExceeded'],
  [
    'a Job that is complete after retries',
    { object: job({ failed: 3, succeeded: 1, ...conditions('SuccessCriteriaMet=True', 'Complete=True') }) },
    'done',
    'Complete',
  ],
  ['a Job that runs', { object: job({ startTime: '2026-11-20T11:00:00Z', active: 1, failed: 2 }) }, 'waiting', 'Running'],
  ['a Job without a status', { object: job({}) }, 'waiting', 'NotStarted'],
  ['a suspended Job', { object: job(conditions('Suspended=True'), { suspend: true }) }, 'blocked', 'Suspended'],
  // The rest
  ['a claim that lost its volume', { object: custom('v1', 'PersistentVolumeClaim', { phase: 'Lost' }) }, 'failed', 'Lost'],
  ['a claim without a status', { object: custom('v1', 'PersistentVolumeClaim', {}) }, 'waiting', 'NotBound'],
  ['a claim that is bound', { object: custom('v1', 'PersistentVolumeClaim', { phase: 'Bound' }) }, 'done', 'Bound'],
  ['an Argo Rollout whose generation is a text', { object: rollout('Healthy', '2') }, 'done', 'Healthy'],
  ['an Argo Rollout behind its generation', { object: rollout('Healthy', '1') }, 'waiting', 'LatestGenerationNotObserved'],
  ['an Argo Rollout that says a hash for its generation', { object: rollout('Degraded', 'a1b2c3') }, 'failed', 'Degraded'],
  ['an Argo Rollout that is paused', { object: rollout('Paused', '2') }, 'blocked', 'Paused'],
  ['an Argo Rollout that nobody has seen', { object: rollout(undefined, '2') }, 'waiting', 'NotObserved'],
  ['a Rollout of somebody else', { object: custom('example.org/v1', 'Rollout', { phase: 'Degraded' }) }, 'done', 'Exists'],
  [
    'a custom resource that stalls',
    { object: custom('example.org/v1', 'Cache', conditions('Ready=True Up', 'Stalled=True NoQuorum')) },
    'failed',
    'NoQuorum',
  ],
  [
    'a custom resource at work beside Ready',
    { object: custom('example.org/v1', 'Cache', conditions('Ready=True Up', 'Reconciling=True Growing')) },
    'waiting',
    'Growing',
  ],
  ['a custom resource that is ready', { object: custom('example.org/v1', 'Cache', conditions('Ready=True Up')) }, 'done', 'Up'],
  [
    'a custom resource that is not',
    { object: custom('example.org/v1', 'Cache', conditions('Ready=Unknown Starting')) },
    'waiting',
    'Starting',
  ],
  [
    'a custom resource behind its generation',
    { object: custom('example.org/v1', 'Cache', { observedGeneration: 1, ...conditions('Ready=True Up') }, { generation: 2 }) },
    'waiting',
    'LatestGenerationNotObserved',
  ],
  ['a Node that is not ready', { object: custom('v1', 'Node', conditions('Ready=False KubeletNotReady')) }, 'waiting', 'KubeletNotReady'],
  ['a ConfigMap', { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: {} } }, 'done', 'Exists'],
  [
    'a budget behind its generation',
    { object: custom('policy/v1', 'PodDisruptionBudget', { observedGeneration: 1 }, { generation: 2 }) },
    'waiting',
    'LatestGenerationNotObserved',
  ],
  [
    'a Service inside the cluster',
    { object: { ...custom('v1', 'Service', {}), spec: { type: 'ClusterIP', clusterIP: '10.0.0.7' } } },
    'done',
    'Exists',
  ],
  [
    'a load balancer without a cluster IP',
    { object: { ...custom('v1', 'Service', {}), spec: { type: 'LoadBalancer' } } },
    'waiting',
    'NoIPAssigned',
  ],
  [
    'a load balancer without an address',
    { object: { ...custom('v1', 'Service', {}), spec: { type: 'LoadBalancer', clusterIP: '10.0.0.7' } } },
    'waiting',
    'NoAddress',
  ],
  [
    'an Ingress with an address',
    { object: custom('networking.k8s.io/v1', 'Ingress', { loadBalancer: { ingress: [{ hostname: 'shop.example.org' }] } }) },
    'done',
    'HasAddress',
  ],
  [
    'an autoscaler that is able to scale',
    { object: custom('autoscaling/v2', 'HorizontalPodAutoscaler', conditions('AbleToScale=True SucceededGetScale')) },
    'done',
    'AbleToScale',
  ],
  [
    'an autoscaler without metrics',
    {
      object: custom(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        conditions('AbleToScale=True SucceededGetScale', 'ScalingActive=False FailedGetResourceMetric'),
      ),
    },
    'degraded',
    'FailedGetResourceMetric',
  ],
  ['a definition without a status', { object: custom('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}) }, 'waiting', 'Installing'],
  [
    'a definition whose names are taken',
    { object: custom('apiextensions.k8s.io/v1', 'CustomResourceDefinition', conditions('NamesAccepted=False PluralConflict')) },
    'failed',
    'PluralConflict',
  ],
  [
    'an API that is not served',
    { object: custom('apiregistration.k8s.io/v1', 'APIService', conditions('Available=False MissingEndpoints')) },
    'waiting',
    'MissingEndpoints',
  ],
  [
    'something that is being deleted',
    {
      object: deployment({
        counts: { spec: 1 },
        metadata: { deletionTimestamp: '2026-11-20T11:59:59Z' },
        status: conditions('Progressing=False ProgressDeadlineExceeded'),
      }),
    },
    'terminating',
    'Terminating',
  ],
  ['no object at all', { object: 'web' }, 'failed', 'NotAnObject'],
];

it.each(vectors)('%s is judged', (_, observed, outcome, reason) => {
  const { outcome: said, reasons } = verdict(observed, NOW);

  expect([said, reasons[0]?.reason]).toEqual([outcome, reason]);
});

it.each<[string, Observed, RegExp]>([
  ['an observed generation that is ahead', { object: deployment({ counts: { g: 1, o: 2, spec: 0 } }) }, /beyond 1/],
  ['an observed generation that is no number', { object: rollout('Healthy', 'a1b2') }, /not a number/],
  [
    'a partition that keeps all pods',
    { object: statefulSet({ counts: { spec: 3, rep: 3, rdy: 3, avl: 3 }, spec: { updateStrategy: { rollingUpdate: { partition: 5 } } } }) },
    /nothing rolled/,
  ],
  ['pods on the wrong nodes', { object: daemonSet({ desiredNumberScheduled: 0, numberMisscheduled: 2 }) }, /2 pods on nodes/],
  [
    'a complete Deployment that is paused',
    { object: deployment({ counts: { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 }, spec: { paused: true } }) },
    /is paused/,
  ],
  [
    'two revisions under OnDelete',
    { object: statefulSet({ counts: { spec: 1, rep: 1, rdy: 1 }, ...onDelete, status: differ }) },
    /when somebody deletes them/,
  ],
])('%s is warned of', (_, observed, warning) => {
  expect(verdict(observed, NOW).warnings.join()).toMatch(warning);
});
