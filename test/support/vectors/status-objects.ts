/** An object as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

export const NOW = Date.parse('2026-11-02T12:00:00Z');
export const LONG_AGO = '2026-11-02T11:00:00Z';

/** What decides in most workloads. Counts that are left out are missing in the object too. */
export interface Counts {
  readonly g?: number | undefined;
  readonly o?: number | string | undefined;
  readonly spec?: number;
  readonly rep?: number;
  readonly upd?: number;
  readonly rdy?: number;
  readonly avl?: number;
  readonly cur?: number;
  /** As in `Available=True MinimumReplicasAvailable`. */
  readonly conditions?: readonly string[];
}

/** Fields of metadata, spec and status over those that an object has anyway. */
export interface More {
  readonly metadata?: Json;
  readonly spec?: Json;
  readonly status?: Json;
}

/** `Type=Status Reason message of several words`. */
export function condition(text: string): Json {
  const [, type = '', status = '', reason, message] = /^(\w+)=(\w*)(?: (\S+))?(?: (.*))?$/.exec(text) ?? [];
  return { type, status, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
}

/** An object of `apiVersion Kind` named web, with the parts that it is given and no others. */
export function anObject(title: string, { metadata, spec, status }: More = {}): Json {
  const [apiVersion, kind] = title.split(' ');
  return {
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'shop', creationTimestamp: LONG_AGO, ...metadata },
    ...(spec && { spec }),
    ...(status && { status }),
  };
}

const observed = (counts: Counts): Json =>
  'o' in counts ? (counts.o === undefined ? {} : { observedGeneration: counts.o }) : { observedGeneration: 1 };
const generation = (counts: Counts): Json => ('g' in counts ? (counts.g === undefined ? {} : { generation: counts.g }) : { generation: 1 });

function statusOf(counts: Counts, more: Json = {}): Json {
  const numbers = {
    replicas: counts.rep,
    updatedReplicas: counts.upd,
    readyReplicas: counts.rdy,
    availableReplicas: counts.avl,
    currentReplicas: counts.cur,
  };
  const present = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const conditions = counts.conditions && { conditions: counts.conditions.map(condition) };
  return { ...observed(counts), ...Object.fromEntries(present), ...conditions, ...more };
}

function workload(title: string, counts: Counts, more: More): Json {
  const spec = { ...(counts.spec !== undefined && { replicas: counts.spec }), ...more.spec };
  return anObject(title, { metadata: { ...generation(counts), ...more.metadata }, spec, status: statusOf(counts, more.status) });
}

/** Generation 1, observed, with a progress deadline of 600 s, unless told otherwise. */
export function aDeployment(counts: Counts, more: More = {}): Json {
  return workload('apps/v1 Deployment', counts, { ...more, spec: { progressDeadlineSeconds: 600, ...more.spec } });
}

export function aReplicaSet(counts: Counts, more: More = {}): Json {
  return workload('apps/v1 ReplicaSet', counts, more);
}

/** RollingUpdate, without the part of it that holds the partition. */
export function aStatefulSet(counts: Counts, more: More = {}): Json {
  return workload('apps/v1 StatefulSet', counts, { ...more, spec: { updateStrategy: { type: 'RollingUpdate' }, ...more.spec } });
}

export function withPartition(partition: unknown): More {
  return { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } } } };
}

export interface NodeCounts {
  readonly desired?: number;
  readonly cur?: number;
  readonly upd?: number;
  readonly avl?: number;
  readonly rdy?: number;
}

export function aDaemonSet({ desired, cur, upd, avl, rdy }: NodeCounts, more: More = {}): Json {
  const numbers = {
    desiredNumberScheduled: desired,
    currentNumberScheduled: cur,
    updatedNumberScheduled: upd,
    numberAvailable: avl,
    numberReady: rdy,
  };
  const present = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return anObject('apps/v1 DaemonSet', {
    metadata: { generation: 1, ...more.metadata },
    spec: { updateStrategy: { type: 'RollingUpdate' }, ...more.spec },
    status: { observedGeneration: 1, ...Object.fromEntries(present), ...more.status },
  });
}

/** `conditions` as in a workload; `waiting` are the reasons for which its containers wait. */
export function aPod(
  phase: string | undefined,
  { conditions = [], waiting = [], ...more }: More & { readonly conditions?: readonly string[]; readonly waiting?: readonly string[] } = {},
): Json {
  const containerStatuses = waiting.map((reason, index) => ({ name: `c${index}`, ready: false, state: { waiting: { reason } } }));
  return anObject('v1 Pod', {
    metadata: more.metadata ?? {},
    spec: { containers: [{ name: 'c0' }], ...more.spec },
    status: {
      ...(phase !== undefined && { phase }),
      ...(conditions.length > 0 && { conditions: conditions.map(condition) }),
      ...(waiting.length > 0 && { containerStatuses }),
      ...more.status,
    },
  });
}

export function aJob(conditions: readonly string[], more: More = {}): Json {
  return anObject('batch/v1 Job', { ...more, status: { startTime: LONG_AGO, conditions: conditions.map(condition), ...more.status } });
}
