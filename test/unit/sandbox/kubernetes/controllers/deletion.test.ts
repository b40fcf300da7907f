import { describe, expect, it } from 'vitest';
import { aConfigMap, aDeployment, aSandbox, type Caller, DEPLOYMENTS, MAPS } from '../sandbox.ts';

function kindsIn({ sandbox }: Caller, namespace = 'default'): string[] {
  return sandbox
    .snapshot()
    .filter((object) => object.metadata?.namespace === namespace)
    .map((object) => object.kind ?? '')
    .sort();
}

async function aRunningWeb(): Promise<Caller> {
  const caller = await aSandbox({ objects: [aDeployment('web')] });
  await caller.sandbox.settled();
  return caller;
}

describe('deleting', () => {
  it.each(['Background', 'Foreground'])('an owner takes its dependents along (%s)', async (propagationPolicy) => {
    const caller = await aRunningWeb();
    expect(kindsIn(caller)).toEqual(['Deployment', 'Pod', 'ReplicaSet']);

    await caller.ask('DELETE', `${DEPLOYMENTS}/web`, { propagationPolicy });
    await caller.sandbox.settled();

    expect(kindsIn(caller)).toEqual([]);
  });

  it('an owner leaves its dependents behind with Orphan', async () => {
    const caller = await aRunningWeb();

    await caller.ask('DELETE', `${DEPLOYMENTS}/web`, { propagationPolicy: 'Orphan' });
    await caller.sandbox.settled();

    expect(kindsIn(caller)).toEqual(['Pod', 'ReplicaSet']);
    const set = caller.sandbox.snapshot().find((object) => object.kind === 'ReplicaSet');
    expect(set?.metadata?.ownerReferences).toBeUndefined();
  });

  it('waits for finalizers, and goes with the last of them', async () => {
    const map = aConfigMap('held');
    const { ask } = await aSandbox({ objects: [{ ...map, metadata: { ...map.metadata, finalizers: ['example.com/a'] } }] });

    const deleted = await ask('DELETE', `${MAPS}/held`);
    const held = await ask('GET', `${MAPS}/held`);
    await ask('PATCH', `${MAPS}/held`, { metadata: { finalizers: null } });

    expect(deleted).toMatchObject({ status: 200, body: { kind: 'ConfigMap', metadata: { deletionTimestamp: expect.any(String) } } });
    expect(held.status).toBe(200);
    expect((await ask('GET', `${MAPS}/held`)).status).toBe(404);
  });

  it('refuses another uid and an old version', async () => {
    const { ask } = await aSandbox({ objects: [aConfigMap('x')] });

    expect(await ask('DELETE', `${MAPS}/x`, { preconditions: { uid: 'other' } })).toMatchObject({
      status: 409,
      body: { reason: 'Conflict' },
    });
    expect(await ask('DELETE', `${MAPS}/x`, { preconditions: { resourceVersion: '1' } })).toMatchObject({ status: 409 });
    expect(await ask('DELETE', `${MAPS}/x`, { dryRun: ['All'] })).toMatchObject({ status: 200 });
    expect((await ask('GET', `${MAPS}/x`)).status).toBe(200);
  });

  it('a collection takes what the selector matches', async () => {
    const { ask, sandbox } = await aSandbox({ objects: [aConfigMap('a'), aConfigMap('b')] });
    await ask('PATCH', `${MAPS}/a`, { metadata: { labels: { go: 'yes' } } });

    await ask('DELETE', `${MAPS}?labelSelector=go`);

    expect(
      sandbox
        .snapshot()
        .filter((object) => object.kind === 'ConfigMap')
        .map((object) => object.metadata?.name),
    ).toEqual(['b']);
  });

  it('a namespace empties it first, and refuses what is new in it meanwhile', async () => {
    const caller = await aSandbox({ objects: [aDeployment('web', { replicas: 2 }, 'team')], controllerDelayMs: 5 });
    await caller.sandbox.settled();

    const deleted = await caller.ask('DELETE', '/api/v1/namespaces/team');
    const late = await caller.ask('POST', '/api/v1/namespaces/team/configmaps', { metadata: { name: 'late' } });
    await caller.sandbox.settled();

    expect(deleted).toMatchObject({ body: { kind: 'Namespace', status: { phase: 'Terminating' } } });
    expect(late).toMatchObject({ status: 403, body: { details: { causes: [{ reason: 'NamespaceTerminating' }] } } });
    expect((await caller.ask('GET', '/api/v1/namespaces/team')).status).toBe(404);
    expect(kindsIn(caller, 'team')).toEqual([]);
  });

  it('what has no living owner is swept up', async () => {
    const caller = await aSandbox();
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'never', uid: 'never' }];

    await caller.ask('POST', MAPS, { metadata: { name: 'orphan', ownerReferences } });
    await caller.sandbox.settled();

    expect(kindsIn(caller)).toEqual([]);
  });
});
