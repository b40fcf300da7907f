import fc from 'fast-check';
import { anything, conditions, count, counts, field, generation, mapping, words } from './any-field.ts';

interface Model {
  readonly spec?: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  readonly status?: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}

const PODS = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'currentReplicas', 'fullyLabeledReplicas'];
const NODES = ['desiredNumberScheduled', 'currentNumberScheduled', 'updatedNumberScheduled', 'numberAvailable', 'numberReady'];
const revision = field(words('r1', 'r1', 'r2'));
const waiting = mapping({ reason: field(words('CrashLoopBackOff', 'CrashLoopBackOff', 'ErrImagePull')) });
const containerStatus = mapping({
  name: field(words('web', 'sidecar')),
  state: field(fc.oneof(mapping({ waiting: field(waiting) }), fc.constant({ running: {} }))),
});
const strategy = (more: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) =>
  field(mapping({ type: field(words('RollingUpdate', 'RollingUpdate', 'RollingUpdate', 'OnDelete')), ...more }));

/** By kind, as it is named with its group and version, what decides in it. */
const models: Readonly<Record<string, Model>> = {
  'apps/v1 Deployment': {
    spec: { replicas: count, progressDeadlineSeconds: field(fc.constantFrom(600, 600, 2 ** 31 - 1)), paused: fc.boolean() },
    status: {
      ...counts(...PODS),
      conditions: conditions(
        ['Progressing', 'Available'],
        ['NewReplicaSetAvailable', 'NewReplicaSetAvailable', 'ReplicaSetUpdated', 'ProgressDeadlineExceeded'],
      ),
    },
  },
  'apps/v1 ReplicaSet': { spec: { replicas: count }, status: { ...counts(...PODS), conditions: conditions(['ReplicaFailure']) } },
  'apps/v1 StatefulSet': {
    spec: { replicas: count, updateStrategy: strategy({ rollingUpdate: fc.oneof(fc.constant(undefined), mapping({ partition: count })) }) },
    status: { ...counts(...PODS), currentRevision: revision, updateRevision: revision },
  },
  'apps/v1 DaemonSet': { spec: { updateStrategy: strategy() }, status: counts(...NODES) },
  'batch/v1 Job': {
    spec: counts('completions', 'parallelism'),
    status: {
      ...counts('active', 'succeeded', 'failed'),
      startTime: field(words('2026-11-01T00:00:00Z', '')),
      conditions: conditions(['Complete', 'Failed', 'FailureTarget'], ['BackoffLimitExceeded']),
    },
  },
  'v1 Pod': {
    status: {
      phase: field(words('Pending', 'Pending', 'Pending', 'Running', 'Running', 'Running', 'Succeeded', 'Failed', 'Unknown')),
      containerStatuses: field(fc.array(containerStatus, { maxLength: 3 })),
      conditions: conditions(['PodScheduled'], ['Unschedulable', 'Unschedulable', 'SchedulingGated']),
    },
  },
  'v1 PersistentVolumeClaim': { status: { phase: field(words('Pending', 'Bound', 'Lost', '')) } },
  'v1 Service': { spec: { type: field(words('ClusterIP', 'LoadBalancer', 'NodePort')), clusterIP: field(words('10.0.0.1', '', 'None')) } },
  'apiextensions.k8s.io/v1 CustomResourceDefinition': {
    status: { conditions: conditions(['Established', 'NamesAccepted'], ['Installing']) },
  },
  'policy/v1 PodDisruptionBudget': { status: counts('desiredHealthy', 'currentHealthy') },
  'v1 Secret': {},
  'v1 ConfigMap': {},
  'batch/v1 CronJob': {},
  'example.com/v1 Database': {},
};

/** Seconds; a pod that cannot be scheduled is waited for 15. */
const AGES = [3_600, 30, 16, 14, 5, 0, -60];
/** What Go's reading of timestamps takes or leaves. */
const ODD_TIMESTAMPS = [
  ...['', 'null', 'yesterday', '2999-02-29T00:00:00Z', '2999-01-01T24:00:00Z', '2999-01-01T1:00:00Z', '2999-01-01t00:00:00z'],
  ...['2999-01-01T00:00:00+25:00', '2999-01-01T00:00:00,5-02:30', '2999-01-01T00:00:60Z', '2999-01-01T00:00Z', '2999-01-01'],
];

function metadata(now: number): fc.Arbitrary<unknown> {
  const recent = words(...AGES.map((age) => new Date(now - age * 1_000).toISOString()));
  const created = fc.oneof({ weight: 4, arbitrary: recent }, { weight: 1, arbitrary: words(...ODD_TIMESTAMPS) });
  const deleted = fc.constantFrom<unknown>('2026-11-01T00:00:00Z', '', null, 7);
  const deletionTimestamp = fc.oneof({ weight: 40, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: deleted });
  return mapping({ name: fc.constant('web'), generation, deletionTimestamp, creationTimestamp: field(created) });
}

const OTHER_VERSIONS = ['', '/', '/v1', 'v1', 'apps', 'apps/', 'apps/v1/x', 'extensions/v1beta1', 'example.com/v1', 'batch/v1beta1'];

/**
 * Objects of the kinds that have rules and of one that has none, as JSON: most of them plausible, some with nonsense in any place, some of another group.
 * No Job is suspended: released versions of kstatus do not know the rule for that yet.
 * @param now epoch milliseconds; pods were created around it
 */
export function anyObject(now: number): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const kinds = Object.entries(models).map(([title, { spec = {}, status = {} }]) => {
    const [apiVersion = '', kind = ''] = title.split(' ');
    const otherVersion = fc.oneof<fc.Arbitrary<unknown>[]>(words(...OTHER_VERSIONS), anything);
    return fc.record({
      apiVersion: fc.oneof({ weight: 14, arbitrary: fc.constant<unknown>(apiVersion) }, { weight: 1, arbitrary: otherVersion }),
      kind: fc.constant(kind),
      metadata: metadata(now),
      spec: mapping(spec),
      status: mapping({ observedGeneration: generation, conditions: conditions(), ...status }),
    });
  });
  // As JSON has it: without what is undefined.
  return fc.oneof(...kinds).map((object) => JSON.parse(JSON.stringify(object)) as Readonly<Record<string, unknown>>);
}
