import { describe, expect, it, vi } from 'vitest';
import { aConfigMap, aDeployment } from './objects.ts';
import { CONFIG_MAPS, DEPLOYMENTS, NAMESPACES, PODS } from './resources.ts';
import { newNamespace, rejectionOf, type WorldOf } from './world.ts';

const SOON = { timeout: 20_000, interval: 50 };

export function describeNamespaces(worldOf: WorldOf): void {
  /** A namespace that is being deleted but cannot go yet, because an object in it has a finalizer. */
  const aTerminatingNamespace = async () => {
    const client = worldOf().client();
    const namespace = await newNamespace(worldOf());
    const held = aConfigMap({ namespace, name: 'held' });
    await client.create(CONFIG_MAPS, { ...held, metadata: { ...held.metadata, finalizers: ['example.com/hold'] } });
    await client.delete(NAMESPACES, { name: namespace });
    const release = () => client.patch(CONFIG_MAPS, { namespace, name: 'held' }, { metadata: { finalizers: null } }, { type: 'merge' });
    return { client, namespace, release };
  };

  describe('a namespace that is being deleted', () => {
    it('is Terminating, refuses new objects and still lets old ones be changed', async () => {
      const { client, namespace, release } = await aTerminatingNamespace();

      const terminating = await client.get(NAMESPACES, { name: namespace });
      const error = await vi.waitFor(async () => rejectionOf(client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'late' }))), SOON);
      const patched = await client.patch(
        CONFIG_MAPS,
        { namespace, name: 'held' },
        { metadata: { labels: { seen: 'yes' } } },
        { type: 'merge' },
      );
      await release();

      expect(terminating).toMatchObject({ status: { phase: 'Terminating' }, metadata: { deletionTimestamp: expect.any(String) } });
      expect(error).toMatchObject({
        status: 403,
        reason: 'Forbidden',
        message: expect.stringContaining(`unable to create new content in namespace ${namespace} because it is being terminated`),
      });
      expect(patched.metadata?.labels).toEqual({ seen: 'yes' });
    });

    it('vanishes with all that was in it, and then nothing of it is found', async () => {
      const { client, namespace, release } = await aTerminatingNamespace();
      const early = await newNamespace(worldOf());
      await client.create(DEPLOYMENTS, aDeployment({ namespace: early, name: 'web', replicas: 1 }));

      await release();
      await client.delete(NAMESPACES, { name: early });

      for (const name of [namespace, early]) {
        await vi.waitFor(
          async () => expect(await rejectionOf(client.get(NAMESPACES, { name }))).toMatchObject({ name: 'NotFoundError' }),
          SOON,
        );
      }
      expect(await client.list(PODS, { namespace: early, select: (pod) => pod })).toEqual([]);
      expect(
        await rejectionOf(client.patch(DEPLOYMENTS, { namespace: early, name: 'web' }, { spec: { replicas: 0 } }, { type: 'merge' })),
      ).toMatchObject({ name: 'NotFoundError' });
    }, 40_000);
  });
}
