import type { KubernetesObject } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { aDeployment, aSandbox, type Caller } from '../sandbox.ts';

type Loose = KubernetesObject & Readonly<Record<string, unknown>>;

const labels = { app: 'web' };
const template = (image: string, spec: object = {}) => ({ metadata: { labels }, spec: { containers: [{ name: 'main', image }], ...spec } });
const running = (image: string) => aDeployment('web', { replicas: 1, selector: { matchLabels: labels }, template: template(image) });
const aJob = (image: string, more: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'import', namespace: 'default' },
  spec: { template: template(image, { restartPolicy: 'Never' }), ...more },
});
const aService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
};
const aDaemonSet = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'default' },
  spec: { selector: { matchLabels: labels }, template: template(image) },
});
const aNode = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', labels: { disk: 'ssd' } } };

async function settledWith(...objects: readonly KubernetesObject[]): Promise<Caller> {
  const caller = await aSandbox({ objects });
  await caller.sandbox.settled();
  return caller;
}

function all({ sandbox }: Caller, kind: string): readonly Loose[] {
  return sandbox.snapshot().filter((object) => object.kind === kind) as Loose[];
}

describe('a pod', () => {
  it.each([
    ['web:missing', 'Pending', 'ImagePullBackOff'],
    ['web:denied-2', 'Pending', 'ImagePullBackOff'],
    ['web:crash', 'Running', 'CrashLoopBackOff'],
    ['web:unready', 'Running', undefined],
    ['registry.example.org:5000/web:crash@sha256:1', 'Running', 'CrashLoopBackOff'],
  ])('of %s does not come up', async (image, phase, reason) => {
    const [pod] = all(await settledWith(running(image)), 'Pod');

    expect(pod?.status).toMatchObject({
      phase,
      containerStatuses: [{ ready: false, state: reason ? { waiting: { reason } } : { running: {} } }],
    });
  });

  it.each(['web:1', 'missing/web:1', 'web:crashing'])('of %s does', async (image) => {
    const [pod] = all(await settledWith(running(image)), 'Pod');

    expect(pod?.status).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: true }] });
  });

  it('tells once, in an Event, why its image is not pulled', async () => {
    const events = all(await settledWith(running('web:missing')), 'Event');

    expect(events).toMatchObject([
      { reason: 'Failed', type: 'Warning', involvedObject: { kind: 'Pod' }, message: expect.stringContaining('web:missing: not found') },
    ]);
  });

  it('waits for an init container that crashes', async () => {
    const spec = template('web:1', {
      initContainers: [
        { name: 'first', image: 'init:1' },
        { name: 'migrate', image: 'init:crash' },
      ],
    });
    const [pod] = all(await settledWith(aDeployment('web', { replicas: 1, selector: { matchLabels: labels }, template: spec })), 'Pod');

    expect(pod?.status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }, { state: { waiting: { reason: 'CrashLoopBackOff' } } }],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
  });

  it('takes a node that its nodeSelector allows, and none where there is none', async () => {
    const on = (disk: string) =>
      aDeployment(`web-${disk}`, {
        replicas: 1,
        selector: { matchLabels: labels },
        template: template('web:1', { nodeSelector: { disk } }),
      });
    const caller = await settledWith(aNode, on('ssd'), on('tape'));

    const [ssd, tape] = all(caller, 'Pod').toSorted((left, right) => ((left.metadata?.name ?? '') < (right.metadata?.name ?? '') ? -1 : 1));
    expect(ssd).toMatchObject({ spec: { nodeName: 'node-1' }, status: { phase: 'Running' } });
    expect(tape).toMatchObject({
      status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] },
    });
    expect(all(caller, 'Event')).toMatchObject([{ reason: 'FailedScheduling' }]);
  });

  it('comes up once a rollout gives it a better image', async () => {
    const caller = await settledWith(running('web:crash'));

    caller.sandbox.byHand.put(running('web:2'));
    await caller.sandbox.settled();

    expect(all(caller, 'Deployment')[0]?.status).toMatchObject({ replicas: 1, updatedReplicas: 1, availableReplicas: 1 });
  });
});

describe('a Job whose pods fail', () => {
  it('fails when they failed once more than it allows', async () => {
    const caller = await settledWith(aJob('import:crash', { backoffLimit: 2 }));

    expect(all(caller, 'Pod')).toHaveLength(3);
    expect(all(caller, 'Job')[0]?.status).toMatchObject({
      failed: 3,
      conditions: [{ type: 'FailureTarget' }, { type: 'Failed', reason: 'BackoffLimitExceeded' }],
    });
  });

  it('is complete when they do not', async () => {
    expect(all(await settledWith(aJob('import:1')), 'Job')[0]?.status).toMatchObject({ succeeded: 1, conditions: [{ type: 'Complete' }] });
  });
});

describe('a DaemonSet', () => {
  const revisions = (caller: Caller) =>
    all(caller, 'ControllerRevision').map(({ metadata, revision }) => [metadata?.labels?.['controller-revision-hash'], revision]);

  it('keeps its templates as revisions, and the one that it has now has the highest number', async () => {
    const caller = await settledWith(aNode, aDaemonSet('agent:1'));
    const [[first]] = revisions(caller) as [[string, number]];

    caller.sandbox.byHand.put(aDaemonSet('agent:2'));
    await caller.sandbox.settled();
    expect(revisions(caller)).toHaveLength(2);
    caller.sandbox.byHand.put(aDaemonSet('agent:1'));
    await caller.sandbox.settled();

    expect(revisions(caller)).toContainEqual([first, 3]);
    expect(all(caller, 'Pod')[0]?.metadata?.labels?.['controller-revision-hash']).toBe(first);
  });
});

describe('a Service', () => {
  it('has the addresses of the pods that it selects, ready or not', async () => {
    const caller = await settledWith(aService, running('web:1'));
    const [slice] = all(caller, 'EndpointSlice');
    const [pod] = all(caller, 'Pod');

    expect(slice).toMatchObject({
      metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: [
        { conditions: { ready: true, serving: true, terminating: false }, targetRef: { kind: 'Pod', name: pod?.metadata?.name } },
      ],
    });
  });

  it('has none of a pod that is gone, and unready ones as such', async () => {
    const caller = await settledWith(aService, running('web:1'));

    caller.sandbox.byHand.put(running('web:unready'));
    await caller.sandbox.settled();
    const endpoints = all(caller, 'EndpointSlice').flatMap((slice) => slice.endpoints as { conditions: { ready: boolean } }[]);
    expect(endpoints.map(({ conditions }) => conditions.ready).sort()).toEqual([false, true]);

    caller.sandbox.byHand.remove('apps/v1', 'Deployment', 'default', 'web');
    await caller.sandbox.settled();
    expect(all(caller, 'EndpointSlice')).toMatchObject([{ endpoints: [] }]);
  });

  it('takes its slice along', async () => {
    const caller = await settledWith(aService);

    caller.sandbox.byHand.remove('v1', 'Service', 'default', 'web');
    await caller.sandbox.settled();

    expect(all(caller, 'EndpointSlice')).toEqual([]);
  });
});
