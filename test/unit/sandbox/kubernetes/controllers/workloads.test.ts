import type { KubernetesObject, V1CronJob, V1Deployment, V1Job, V1Pod, V1ReplicaSet, V1StatefulSet } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { aCronJob, aDeployment, aSandbox, aStatefulSet, type Caller, DEPLOYMENTS } from '../sandbox.ts';

function ofKind<T extends KubernetesObject>({ sandbox }: Caller, kind: string): T[] {
  return sandbox.snapshot().filter((object) => object.kind === kind) as T[];
}

const aNode = (name: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });

describe('a Deployment in the sandbox', () => {
  it('becomes ready pods once the controllers have settled', async () => {
    const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 3 }), aNode('node-1')] });

    await caller.sandbox.settled();

    const [web] = ofKind<V1Deployment>(caller, 'Deployment');
    expect(web?.status).toMatchObject({ observedGeneration: 1, replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3 });
    expect(web?.status?.conditions?.map(({ type, status }) => [type, status])).toEqual([
      ['Available', 'True'],
      ['Progressing', 'True'],
    ]);
    expect(web?.metadata).toMatchObject({ generation: 1, annotations: { 'deployment.kubernetes.io/revision': '1' } });
    expect(ofKind<V1Pod>(caller, 'Pod').map((pod) => [pod.status?.phase, pod.spec?.nodeName])).toEqual(
      Array(3).fill(['Running', 'node-1']),
    );
  });

  it('rolls a new template out and keeps the old ReplicaSet at 0', async () => {
    const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 4 })] });
    await caller.sandbox.settled();

    await caller.ask('PATCH', `${DEPLOYMENTS}/web`, { spec: { template: { metadata: { annotations: { release: '2' } } } } });
    await caller.sandbox.settled();

    const sizes = ofKind<V1ReplicaSet>(caller, 'ReplicaSet').map((set) => set.spec?.replicas);
    expect(sizes.sort()).toEqual([0, 4]);
    expect(ofKind<V1Pod>(caller, 'Pod').map((pod) => pod.metadata?.annotations?.release)).toEqual(['2', '2', '2', '2']);
  });

  it('with Recreate has no old pod beside a new one', async () => {
    const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 2, strategy: { type: 'Recreate' } })] });
    await caller.sandbox.settled();

    await caller.ask('PATCH', `${DEPLOYMENTS}/web`, { spec: { template: { metadata: { labels: { v: '2' } } } } });
    await caller.sandbox.settled();

    expect(ofKind<V1Pod>(caller, 'Pod').map((pod) => pod.metadata?.labels?.v)).toEqual(['2', '2']);
  });

  it('paused starts no rollout but changes its size', async () => {
    const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 1 })] });
    await caller.sandbox.settled();

    await caller.ask('PATCH', `${DEPLOYMENTS}/web`, {
      spec: { paused: true, replicas: 2, template: { metadata: { labels: { v: '2' } } } },
    });
    await caller.sandbox.settled();

    expect(ofKind<V1Pod>(caller, 'Pod').map((pod) => pod.metadata?.labels?.v)).toEqual([undefined, undefined]);
  });

  it('has the same names in every run', async () => {
    const run = async (): Promise<unknown> => {
      const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 2 }), aStatefulSet('db', { replicas: 1 })] });
      await caller.sandbox.settled();
      return caller.sandbox.snapshot().map((object) => object.metadata?.name);
    };

    expect(await run()).toEqual(await run());
  });

  it('stays as written without controllers', async () => {
    const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 2 })], controllers: false });

    await caller.sandbox.settled();

    expect(ofKind<V1Deployment>(caller, 'Deployment')[0]?.status).toEqual({});
    expect(ofKind(caller, 'Pod')).toEqual([]);
  });

  it('whose name leaves no room for its ReplicaSet stops nothing else', async () => {
    const long = { ...aDeployment('web'), metadata: { name: 'a'.repeat(253), namespace: 'default' } };
    const caller = await aSandbox({ objects: [long, aDeployment('api')] });

    await caller.sandbox.settled();

    expect(ofKind<V1Pod>(caller, 'Pod').map((pod) => pod.metadata?.labels?.app)).toEqual(['api']);
  });
});

describe('a StatefulSet in the sandbox', () => {
  it('has its pods in order, and rolls them one by one from the last', async () => {
    const caller = await aSandbox({ objects: [aStatefulSet('db', { replicas: 3 })] });
    await caller.sandbox.settled();
    const path = '/apis/apps/v1/namespaces/default/statefulsets/db';
    const deleted: string[] = [];

    await caller.ask('PATCH', path, { spec: { template: { metadata: { labels: { v: '2' } } } } });
    await caller.sandbox.settled();
    const pods = ofKind<V1Pod>(caller, 'Pod');
    await caller.ask('PATCH', path, { spec: { replicas: 1 } });
    await caller.sandbox.settled();
    deleted.push(...ofKind<V1Pod>(caller, 'Pod').map((pod) => pod.metadata?.name ?? ''));

    expect(pods.map((pod) => [pod.metadata?.name, pod.metadata?.labels?.v]).sort()).toEqual([
      ['db-0', '2'],
      ['db-1', '2'],
      ['db-2', '2'],
    ]);
    expect(deleted).toEqual(['db-0']);
    expect(ofKind<V1StatefulSet>(caller, 'StatefulSet')[0]?.status).toMatchObject({ replicas: 1, readyReplicas: 1, observedGeneration: 3 });
  });
});

describe('other workloads in the sandbox', () => {
  it('a DaemonSet has a pod per node', async () => {
    const { spec, ...rest } = aDeployment('agent');
    const set = { ...rest, kind: 'DaemonSet', spec: { selector: spec?.selector, template: spec?.template } };
    const caller = await aSandbox({ objects: [aNode('a'), aNode('b'), set as KubernetesObject] });

    await caller.sandbox.settled();

    expect(ofKind(caller, 'Pod')).toHaveLength(2);
    expect(ofKind(caller, 'DaemonSet')[0]).toMatchObject({ status: { desiredNumberScheduled: 2, numberReady: 2 } });
  });

  it('a Job runs to its end and tells its CronJob while it is active', async () => {
    const caller = await aSandbox({ objects: [aCronJob('report')] });
    const cronJob = ofKind<V1CronJob>(caller, 'CronJob')[0];
    const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'report', uid: cronJob?.metadata?.uid ?? '', controller: true };
    const job: V1Job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'run', ownerReferences: [owner] },
      ...{ spec: cronJob!.spec!.jobTemplate.spec! },
    };

    await caller.ask('POST', '/apis/batch/v1/namespaces/default/jobs', job);
    await caller.sandbox.settled();

    const [run] = ofKind<V1Job>(caller, 'Job');
    expect(run?.status).toMatchObject({ succeeded: 1, completionTime: expect.anything() });
    expect(run?.status?.conditions).toMatchObject([{ type: 'Complete', status: 'True' }]);
    expect(ofKind<V1Pod>(caller, 'Pod').map((pod) => pod.status?.phase)).toEqual(['Succeeded']);
    expect(ofKind<V1CronJob>(caller, 'CronJob')[0]?.status).toEqual({});
  });
});
