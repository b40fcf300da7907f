import { describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../../../sandbox/kubernetes/api-object.ts';
import type { JsonObject } from '../../../../../sandbox/kubernetes/json.ts';
import { builtin, KINDS } from '../../../../../sandbox/kubernetes/kinds/definitions.ts';
import { tableColumns, tableRow } from '../../../../../sandbox/kubernetes/table/table.ts';

const created = '2026-01-01T00:00:00Z';
const now = Date.parse(created) + 60_000;

/** The row as `kubectl get -o wide` shows it: cells by the names of their columns. */
function row(plural: string, fields: JsonObject): Record<string, unknown> {
  const kind = builtin(plural);
  const object = {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: { name: 'x', creationTimestamp: created },
    ...fields,
  } as ApiObject;
  const names = tableColumns(kind).map((column) => (column as { name: string }).name);
  return Object.fromEntries(tableRow(kind, object, now).map((cell, index) => [names[index], cell]));
}

const template = {
  spec: {
    containers: [
      { name: 'a', image: 'a:1' },
      { name: 'b', image: 'b:1' },
    ],
  },
};

describe('the table', () => {
  it.each(KINDS.map((kind) => [kind.plural, kind] as const))('of %s has a cell for each column', (plural, kind) => {
    const columns = tableColumns(kind).map((column) => (column as { name: string }).name);

    expect(row(plural, {})).toMatchObject(plural === 'events' ? { Name: 'x' } : { Name: 'x', Age: '60s' });
    expect(Object.keys(row(plural, {}))).toEqual(columns);
  });

  it('counts what is ready, and names containers and images', () => {
    const spec = { replicas: 3, template, selector: { matchLabels: { app: 'x' } } };

    expect(row('deployments', { spec, status: { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 2 } })).toMatchObject({
      Ready: '2/3',
      'Up-to-date': 3,
      Available: 2,
      Containers: 'a,b',
      Images: 'a:1,b:1',
      Selector: 'app=x',
    });
    expect(row('statefulsets', { spec, status: {} })).toMatchObject({ Ready: '0/3' });
  });

  it('tells of an event when it was last seen, of what, and by whom', () => {
    const involvedObject = { kind: 'Deployment', name: 'web', fieldPath: 'spec.containers{a}' };
    const old = { type: 'Normal', reason: 'Scaled', message: ' down \n', involvedObject, source: { component: 'kubelet', host: 'n1' } };

    expect(row('events', { ...old, firstTimestamp: '2025-12-31T23:00:00Z', lastTimestamp: created, count: 3 })).toEqual({
      'Last Seen': '60s',
      Type: 'Normal',
      Reason: 'Scaled',
      Object: 'deployment/web',
      Subobject: 'spec.containers{a}',
      Source: 'kubelet, n1',
      Message: 'down',
      'First Seen': '61m',
      Count: 3,
      Name: 'x',
    });
    const fresh = { eventTime: '2025-12-31T23:59:00.000000Z', reportingComponent: 'nightshift', involvedObject: { kind: 'Node' } };
    expect(row('events', fresh)).toMatchObject({ 'Last Seen': '2m', Object: 'node', Source: 'nightshift', Count: 1 });
    const series = { count: 9, lastObservedTime: created };
    expect(row('events', { ...fresh, series })).toMatchObject({ 'Last Seen': '60s', 'First Seen': '2m', Count: 9 });
    expect(row('events', {})).toMatchObject({ 'Last Seen': '<unknown>' });
  });

  it('tells the state of a pod', () => {
    const spec = { containers: [{ name: 'a' }, { name: 'b' }], nodeName: 'n' };
    const statuses = [
      { ready: true, restartCount: 1 },
      { ready: false, restartCount: 2, state: { waiting: { reason: 'ImagePullBackOff' } } },
    ];

    expect(row('pods', { spec, status: { phase: 'Running', containerStatuses: statuses } })).toMatchObject({
      Ready: '1/2',
      Status: 'ImagePullBackOff',
      Restarts: '3',
      Node: 'n',
      IP: '<none>',
    });
    expect(row('pods', { spec, status: { phase: 'Succeeded' } })).toMatchObject({ Status: 'Completed' });
    expect(row('pods', { spec, metadata: { name: 'x', deletionTimestamp: created } })).toMatchObject({ Status: 'Terminating' });
  });

  it('tells when a CronJob last ran and whether it is suspended', () => {
    const spec = { schedule: '@daily', suspend: true };

    expect(row('cronjobs', { spec, status: { lastScheduleTime: created, active: [{}] } })).toMatchObject({
      Schedule: '@daily',
      Timezone: '<none>',
      Suspend: 'True',
      Active: 1,
      'Last Schedule': '60s',
    });
  });

  it('tells how a Job does', () => {
    const conditions = [{ type: 'Complete', status: 'True' }];

    expect(
      row('jobs', {
        spec: { completions: 2 },
        status: { succeeded: 2, startTime: created, completionTime: '2026-01-01T00:00:05Z', conditions },
      }),
    ).toMatchObject({ Status: 'Complete', Completions: '2/2', Duration: '5s' });
    expect(row('jobs', { spec: { completions: 1, suspend: true } })).toMatchObject({ Status: 'Suspended', Completions: '0/1' });
  });

  it('describes services, nodes, autoscalers and budgets', () => {
    const service = {
      spec: { type: 'NodePort', clusterIP: '10.96.0.1', selector: { a: 'b' }, ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }] },
    };
    const autoscaler = {
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        minReplicas: 1,
        maxReplicas: 3,
        metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
      },
    };

    expect(row('services', service)).toMatchObject({ Type: 'NodePort', 'Port(s)': '80:30080/TCP', Selector: 'a=b' });
    expect(row('nodes', { spec: { unschedulable: true }, status: { conditions: [{ type: 'Ready', status: 'True' }] } })).toMatchObject({
      Status: 'Ready,SchedulingDisabled',
    });
    expect(row('horizontalpodautoscalers', autoscaler)).toMatchObject({
      Reference: 'Deployment/web',
      Targets: 'cpu: <unknown>/80%',
      MaxPods: 3,
    });
    expect(row('poddisruptionbudgets', { spec: { minAvailable: '50%' } })).toMatchObject({
      'Min Available': '50%',
      'Max Unavailable': 'N/A',
    });
  });
});
