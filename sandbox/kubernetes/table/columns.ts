import type { ApiObject } from '../api-object.ts';
import { at, type Json, listAt, numberAt, objectAt, textAt } from '../json.ts';
import { selectorText } from '../selectors/object-selector.ts';
import { ageOf } from './age.ts';

export interface Column {
  readonly name: string;
  readonly type?: 'string' | 'integer';
  readonly wide?: boolean;
  readonly cell: (object: ApiObject, nowMs: number) => Json;
}

type Path = readonly string[];

const text = (name: string, path: Path, otherwise = '<none>'): Column => ({ name, cell: (object) => textAt(object, ...path) || otherwise });
const count = (name: string, path: Path): Column => ({ name, type: 'integer', cell: (object) => numberAt(object, ...path) ?? 0 });
const flag = (name: string, path: Path): Column => ({ name, cell: (object) => (at(object, ...path) === true ? 'True' : 'False') });
const age = (name: string, path: Path): Column => ({
  name,
  cell: (object, nowMs) => (textAt(object, ...path) ? ageOf(textAt(object, ...path), nowMs) : '<none>'),
});
const ready = (readyPath: Path, wantedPath: Path): Column => ({
  name: 'Ready',
  cell: (object) => `${numberAt(object, ...readyPath) ?? 0}/${numberAt(object, ...wantedPath) ?? 0}`,
});

function containers(path: Path): Column[] {
  const join = (object: ApiObject, field: string): string =>
    listAt(object, ...path)
      .map((item) => textAt(item, field) ?? '')
      .join(',');
  return [
    { name: 'Containers', cell: (object) => join(object, 'name') },
    { name: 'Images', cell: (object) => join(object, 'image') },
  ];
}

const TEMPLATE: Path = ['spec', 'template', 'spec', 'containers'];
const selector: Column = { name: 'Selector', cell: (object) => selectorText(object) };

const podReady: Column = {
  name: 'Ready',
  cell: (pod) => {
    const statuses = listAt(pod, 'status', 'containerStatuses');
    return `${statuses.filter((status) => at(status, 'ready') === true).length}/${listAt(pod, 'spec', 'containers').length}`;
  },
};

const podStatus: Column = {
  name: 'Status',
  cell: (pod) => {
    if (pod.metadata.deletionTimestamp) return 'Terminating';
    const waiting = listAt(pod, 'status', 'containerStatuses').map((status) => textAt(status, 'state', 'waiting', 'reason'));
    const phase = textAt(pod, 'status', 'phase') ?? 'Unknown';
    return waiting.find((reason) => reason !== undefined) ?? (phase === 'Succeeded' ? 'Completed' : phase);
  },
};

const podRestarts: Column = {
  name: 'Restarts',
  cell: (pod) =>
    String(listAt(pod, 'status', 'containerStatuses').reduce<number>((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0)),
};

const jobStatus: Column = {
  name: 'Status',
  cell: (job) => {
    const condition = listAt(job, 'status', 'conditions').find((one) => textAt(one, 'status') === 'True');
    return textAt(condition, 'type') ?? (at(job, 'spec', 'suspend') === true ? 'Suspended' : 'Running');
  },
};

const jobDuration: Column = {
  name: 'Duration',
  cell: (job, nowMs) => {
    const start = textAt(job, 'status', 'startTime');
    const end = textAt(job, 'status', 'completionTime');
    return start === undefined ? '' : ageOf(start, end === undefined ? nowMs : Date.parse(end));
  },
};

const readinessGates: Column = { name: 'Readiness Gates', cell: () => '<none>' };

function pairs(object: ApiObject, ...path: string[]): string {
  const entries = Object.entries(objectAt(object, ...path) ?? {});
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${String(value)}`).join(',');
}

const nodeSelector: Column = { name: 'Node Selector', cell: (set) => pairs(set, 'spec', 'template', 'spec', 'nodeSelector') };
const serviceSelector: Column = { name: 'Selector', cell: (service) => pairs(service, 'spec', 'selector') };
const servicePorts: Column = {
  name: 'Port(s)',
  cell: (service) =>
    listAt(service, 'spec', 'ports')
      .map(
        (port) =>
          `${numberAt(port, 'port')}${at(port, 'nodePort') === undefined ? '' : `:${numberAt(port, 'nodePort')}`}/${textAt(port, 'protocol')}`,
      )
      .join(','),
};

const hpaTargets: Column = {
  name: 'Targets',
  cell: (autoscaler) =>
    listAt(autoscaler, 'spec', 'metrics')
      .map(
        (metric) =>
          `${textAt(metric, 'resource', 'name') ?? 'metric'}: <unknown>/${numberAt(metric, 'resource', 'target', 'averageUtilization') ?? '?'}%`,
      )
      .join(', '),
};

const budgetBound = (name: string, field: string): Column => ({ name, cell: (budget) => String(at(budget, 'spec', field) ?? 'N/A') });

const nodeStatus: Column = {
  name: 'Status',
  cell: (node) => {
    const condition = listAt(node, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
    const state = condition === undefined ? 'Unknown' : textAt(condition, 'status') === 'True' ? 'Ready' : 'NotReady';
    return at(node, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
  },
};

/** Columns between NAME and AGE, then those of `-o wide`, as the API server prints them. Kinds not listed show NAME and AGE. */
export const COLUMNS: Readonly<Record<string, readonly [narrow: readonly Column[], wide: readonly Column[]]>> = {
  '/namespaces': [[text('Status', ['status', 'phase'])], []],
  '/nodes': [[nodeStatus, text('Version', ['status', 'nodeInfo', 'kubeletVersion'], '')], []],
  '/pods': [
    [podReady, podStatus, podRestarts],
    [
      text('IP', ['status', 'podIP']),
      text('Node', ['spec', 'nodeName']),
      text('Nominated Node', ['status', 'nominatedNodeName']),
      readinessGates,
    ],
  ],
  '/services': [
    [
      text('Type', ['spec', 'type']),
      text('Cluster-IP', ['spec', 'clusterIP']),
      text('External-IP', ['status', 'loadBalancer', 'ip']),
      servicePorts,
    ],
    [serviceSelector],
  ],
  '/configmaps': [[{ name: 'Data', type: 'integer', cell: (object) => Object.keys(objectAt(object, 'data') ?? {}).length }], []],
  '/secrets': [
    [text('Type', ['type']), { name: 'Data', type: 'integer', cell: (object) => Object.keys(objectAt(object, 'data') ?? {}).length }],
    [],
  ],
  'apps/deployments': [
    [
      ready(['status', 'readyReplicas'], ['spec', 'replicas']),
      count('Up-to-date', ['status', 'updatedReplicas']),
      count('Available', ['status', 'availableReplicas']),
    ],
    [...containers(TEMPLATE), selector],
  ],
  'apps/statefulsets': [[ready(['status', 'readyReplicas'], ['spec', 'replicas'])], containers(TEMPLATE)],
  'apps/replicasets': [
    [count('Desired', ['spec', 'replicas']), count('Current', ['status', 'replicas']), count('Ready', ['status', 'readyReplicas'])],
    [...containers(TEMPLATE), selector],
  ],
  'apps/daemonsets': [
    [
      count('Desired', ['status', 'desiredNumberScheduled']),
      count('Current', ['status', 'currentNumberScheduled']),
      count('Ready', ['status', 'numberReady']),
      count('Up-to-date', ['status', 'updatedNumberScheduled']),
      count('Available', ['status', 'numberAvailable']),
      nodeSelector,
    ],
    [...containers(TEMPLATE), selector],
  ],
  'batch/cronjobs': [
    [
      text('Schedule', ['spec', 'schedule']),
      text('Timezone', ['spec', 'timeZone']),
      flag('Suspend', ['spec', 'suspend']),
      { name: 'Active', type: 'integer', cell: (object) => listAt(object, 'status', 'active').length },
      age('Last Schedule', ['status', 'lastScheduleTime']),
    ],
    containers(['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers']),
  ],
  'batch/jobs': [
    [jobStatus, { ...ready(['status', 'succeeded'], ['spec', 'completions']), name: 'Completions' }, jobDuration],
    [...containers(TEMPLATE), selector],
  ],
  'autoscaling/horizontalpodautoscalers': [
    [
      {
        name: 'Reference',
        cell: (object) => `${textAt(object, 'spec', 'scaleTargetRef', 'kind')}/${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
      },
      hpaTargets,
      count('MinPods', ['spec', 'minReplicas']),
      count('MaxPods', ['spec', 'maxReplicas']),
      count('Replicas', ['status', 'currentReplicas']),
    ],
    [],
  ],
  'policy/poddisruptionbudgets': [
    [
      budgetBound('Min Available', 'minAvailable'),
      budgetBound('Max Unavailable', 'maxUnavailable'),
      count('Allowed Disruptions', ['status', 'disruptionsAllowed']),
    ],
    [],
  ],
};
