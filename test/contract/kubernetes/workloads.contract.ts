import type { V1Deployment, V1Pod, V1ReplicaSet, V1StatefulSet } from '@kubernetes/client-node';
import { describe, expect, it, vi } from 'vitest';
import type { KubernetesClient } from '../../../lib/kubernetes/client.ts';
import { aDeployment, aStatefulSet } from './objects.ts';
import { DEPLOYMENTS, PODS, REPLICA_SETS, STATEFUL_SETS } from './resources.ts';
import { newNamespace, rejectionOf, type WorldOf } from './world.ts';

const SOON = { timeout: 20_000, interval: 50 };

async function podsOf(client: KubernetesClient, namespace: string): Promise<V1Pod[]> {
  const pods = await client.list<V1Pod, V1Pod>(PODS, { namespace, labelSelector: 'app=web', select: (pod) => pod });
  return pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined);
}

export function describeWorkloads(worldOf: WorldOf): void {
  const aRunningDeployment = async () => {
    const client = worldOf().client();
    const name = { namespace: await newNamespace(worldOf()), name: 'web' };
    await client.create(DEPLOYMENTS, aDeployment({ ...name, replicas: 3 }));
    const untilReady = async (count: number): Promise<V1Deployment> =>
      vi.waitFor(async () => {
        const web = await client.get<V1Deployment>(DEPLOYMENTS, name);
        expect(web.status?.observedGeneration).toBe(web.metadata?.generation);
        expect([web.status?.readyReplicas ?? 0, web.status?.replicas ?? 0]).toEqual([count, count]);
        return web;
      }, SOON);
    return { client, name, untilReady };
  };

  describe('a Deployment', () => {
    it('becomes pods, and its status says so', async () => {
      const { client, name, untilReady } = await aRunningDeployment();

      const web = await untilReady(3);
      const pods = await podsOf(client, name.namespace);
      const replicaSets = await client.list<V1ReplicaSet, V1ReplicaSet>(REPLICA_SETS, { namespace: name.namespace, select: (set) => set });

      expect(web.status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
      expect(web.status?.unavailableReplicas).toBeUndefined();
      expect(conditionsOf(web)).toMatchObject({ Available: 'True', Progressing: 'True' });
      expect(pods.map((pod) => pod.status?.phase)).toEqual(['Running', 'Running', 'Running']);
      expect(pods[0]?.metadata?.ownerReferences).toMatchObject([
        { kind: 'ReplicaSet', name: replicaSets[0]?.metadata?.name, controller: true },
      ]);
      expect(replicaSets[0]?.metadata?.ownerReferences).toMatchObject([
        { kind: 'Deployment', name: 'web', uid: web.metadata?.uid, controller: true },
      ]);
    });

    it('at 0 replicas loses its pods and keeps no counts; at 3 it has them again', async () => {
      const { client, name, untilReady } = await aRunningDeployment();
      await untilReady(3);

      await client.patch(DEPLOYMENTS, name, { spec: { replicas: 0 } }, { type: 'merge' });
      const asleep = await untilReady(0);
      await vi.waitFor(async () => expect(await podsOf(client, name.namespace)).toEqual([]), SOON);
      await client.patch(DEPLOYMENTS, name, { spec: { replicas: 3 } }, { type: 'merge' });
      const awake = await untilReady(3);

      expect(asleep.status).not.toHaveProperty('replicas');
      expect(asleep.status).not.toHaveProperty('readyReplicas');
      expect(asleep.metadata?.generation).toBe(2);
      expect(awake.metadata?.generation).toBe(3);
      expect(await podsOf(client, name.namespace)).toHaveLength(3);
    });

    it('with a new image rolls out through a second ReplicaSet', async () => {
      const { client, name, untilReady } = await aRunningDeployment();
      await untilReady(3);

      const patch = { spec: { template: { spec: { containers: [{ name: 'main', image: 'registry.example/main:2' }] } } } };
      await client.patch(DEPLOYMENTS, name, patch, { type: 'strategic' });

      await vi.waitFor(async () => {
        const web = await untilReady(3);
        expect(web.status?.updatedReplicas).toBe(3);
        const images = (await podsOf(client, name.namespace)).map((pod) => pod.spec?.containers[0]?.image);
        expect(images).toEqual(Array(3).fill('registry.example/main:2'));
      }, SOON);
      const sets = await client.list<V1ReplicaSet, number>(REPLICA_SETS, {
        namespace: name.namespace,
        select: (set) => set.spec?.replicas ?? 0,
      });
      expect(sets.toSorted()).toEqual([0, 3]);
    });

    it('takes its ReplicaSets and pods along when it is deleted', async () => {
      const { client, name, untilReady } = await aRunningDeployment();
      await untilReady(3);

      await client.delete(DEPLOYMENTS, name);

      await vi.waitFor(async () => {
        expect(await client.list(REPLICA_SETS, { namespace: name.namespace, select: (set) => set })).toEqual([]);
        expect(await podsOf(client, name.namespace)).toEqual([]);
      }, SOON);
      expect(await rejectionOf(client.get(DEPLOYMENTS, name))).toMatchObject({ name: 'NotFoundError' });
    });
  });

  describe('a StatefulSet', () => {
    it('has pods with ordinals, loses them asleep and gets the same names back', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      await client.create(STATEFUL_SETS, aStatefulSet({ ...name, replicas: 3 }));
      const untilPods = async (names: readonly string[]): Promise<V1StatefulSet> =>
        vi.waitFor(async () => {
          expect((await podsOf(client, name.namespace)).map((pod) => pod.metadata?.name).toSorted()).toEqual(names);
          const set = await client.get<V1StatefulSet>(STATEFUL_SETS, name);
          expect([set.status?.observedGeneration, set.status?.readyReplicas ?? 0]).toEqual([set.metadata?.generation, names.length]);
          return set;
        }, SOON);

      const first = await untilPods(['web-0', 'web-1', 'web-2']);
      await client.patch(STATEFUL_SETS, name, { spec: { replicas: 0 } }, { type: 'merge' });
      const asleep = await untilPods([]);
      await client.patch(STATEFUL_SETS, name, { spec: { replicas: 3 } }, { type: 'merge' });
      await untilPods(['web-0', 'web-1', 'web-2']);

      expect(first.status).toMatchObject({ replicas: 3, readyReplicas: 3, currentReplicas: 3 });
      // Unlike a Deployment's, this count is always there.
      expect(asleep.status).toMatchObject({ replicas: 0 });
    });
  });
}

function conditionsOf(deployment: V1Deployment): Record<string, string> {
  return Object.fromEntries((deployment.status?.conditions ?? []).map(({ type, status }) => [type, status]));
}
