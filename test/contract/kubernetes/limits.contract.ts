import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { aConfigMap, aDeployment } from './objects.ts';
import { CONFIG_MAPS, DEPLOYMENTS, NAMESPACES, pathOf } from './resources.ts';
import { bare, newNamespace, rejectionOf, type WorldOf } from './world.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

export function describeLimits(worldOf: WorldOf): void {
  describe('limits', () => {
    it('refuses a name of 300 characters, 253 are allowed', async () => {
      const namespace = await newNamespace(worldOf());
      const create = (name: string) =>
        bare(worldOf(), 'POST', pathOf(DEPLOYMENTS, namespace), { body: aDeployment({ namespace, name, replicas: 0 }) });
      const withLabel = (name: string) => {
        const web = aDeployment({ namespace, name: 'web', replicas: 0 });
        return { ...web, metadata: { ...web.metadata, name } };
      };

      const tooLong = await create('a'.repeat(300));
      const longest = await bare(worldOf(), 'POST', pathOf(DEPLOYMENTS, namespace), { body: withLabel('a'.repeat(253)) });

      expect(tooLong).toMatchObject({
        status: 422,
        body: { reason: 'Invalid', details: { causes: expect.arrayContaining([expect.objectContaining({ field: 'metadata.name' })]) } },
      });
      expect(longest.status).toBe(201);
    });

    it('has no object of a name of 300 characters', async () => {
      const namespace = await newNamespace(worldOf());

      const error = await rejectionOf(
        worldOf()
          .client()
          .get(DEPLOYMENTS, { namespace, name: 'a'.repeat(300) }),
      );

      expect((error as Error).message).toBeTruthy();
      expect((await bare(worldOf(), 'GET', pathOf(DEPLOYMENTS, namespace, 'a'.repeat(300)))).status).toBe(404);
    });

    it.each(['Upper', 'under_score', '-dash', 'dash-', 'sp ace', 'dot..dot'])('refuses the name "%s"', async (name) => {
      const namespace = await newNamespace(worldOf());

      const answer = await bare(worldOf(), 'POST', pathOf(CONFIG_MAPS, namespace), { body: aConfigMap({ namespace, name }) });

      expect(answer).toMatchObject({
        status: 422,
        body: { reason: 'Invalid', message: expect.stringContaining(`"${name}" is invalid: metadata.name`) },
      });
    });

    it.each(['a'.repeat(64), 'with.dot', 'Upper'])('refuses the namespace "%s"', async (name) => {
      const answer = await bare(worldOf(), 'POST', pathOf(NAMESPACES), {
        body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      });

      expect(answer).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    });

    it('refuses a negative count of replicas', async () => {
      const namespace = await newNamespace(worldOf());
      await worldOf()
        .client()
        .create(DEPLOYMENTS, aDeployment({ namespace, name: 'web', replicas: 0 }));

      const error = await rejectionOf(
        worldOf()
          .client()
          .patch(DEPLOYMENTS, { namespace, name: 'web' }, { spec: { replicas: -1 } }, { type: 'merge' }),
      );

      expect(error).toMatchObject({
        name: 'InvalidRequestError',
        status: 422,
        reason: 'Invalid',
        message: expect.stringContaining('must be greater than or equal to 0'),
      });
    });

    it('refuses annotations beyond 256 KiB in all, and leaves the object as it was', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'settings' };
      await client.create(CONFIG_MAPS, aConfigMap({ ...name, annotations: { big: 'x'.repeat(255 * KIB) } }));

      const error = await rejectionOf(
        client.patch(CONFIG_MAPS, name, { metadata: { annotations: { more: 'x'.repeat(2 * KIB) } } }, { type: 'merge' }),
      );

      expect(error).toMatchObject({
        name: 'InvalidRequestError',
        status: 422,
        message: expect.stringContaining('metadata.annotations: Too long: may not be more than 262144 bytes'),
      });
      expect(Object.keys((await client.get(CONFIG_MAPS, name)).metadata?.annotations ?? {})).toEqual(['big']);
    });

    it.each([
      [{ 'not a key': 'x' }, 'metadata.annotations'],
      [{ 'too/many/slashes': 'x' }, 'metadata.annotations'],
    ])('refuses the annotation %o', async (annotations, field) => {
      const name = { namespace: await newNamespace(worldOf()), name: 'settings' };

      const work = worldOf()
        .client()
        .create(CONFIG_MAPS, aConfigMap({ ...name, annotations }));

      expect(await rejectionOf(work)).toMatchObject({ status: 422, message: expect.stringContaining(field) });
    });

    it('refuses a label value of more than 63 characters', async () => {
      const name = { namespace: await newNamespace(worldOf()), name: 'settings' };

      const work = worldOf()
        .client()
        .create(CONFIG_MAPS, aConfigMap({ ...name, labels: { app: 'x'.repeat(64) } }));

      expect(await rejectionOf(work)).toMatchObject({ status: 422, message: expect.stringContaining('metadata.labels') });
    });

    it('carries an object of 1 MB through list and patch', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      const big = aDeployment({ ...name, replicas: 0 });
      const value = 'x'.repeat(MIB);
      big.spec!.template.spec!.containers[0]!.env = [{ name: 'BIG', value }];
      await client.create(DEPLOYMENTS, big);

      const patched = await client.patch<V1Deployment>(DEPLOYMENTS, name, { metadata: { annotations: { a: '1' } } }, { type: 'merge' });
      const sizes = await client.list<V1Deployment, number>(DEPLOYMENTS, {
        namespace: name.namespace,
        select: (object) => object.spec?.template.spec?.containers[0]?.env?.[0]?.value?.length,
      });

      expect(patched.spec?.template.spec?.containers[0]?.env?.[0]?.value).toHaveLength(MIB);
      expect(sizes).toEqual([MIB]);
    });

    it('refuses a ConfigMap of more than 1 MiB of data', async () => {
      const name = { namespace: await newNamespace(worldOf()), name: 'settings' };

      const work = worldOf()
        .client()
        .create<V1ConfigMap>(CONFIG_MAPS, aConfigMap({ ...name, data: { big: 'x'.repeat(MIB + 1) } }));

      expect(await rejectionOf(work)).toMatchObject({ status: 422, reason: 'Invalid' });
    });

    it('refuses a request of more than 3 MiB', async () => {
      const name = { namespace: await newNamespace(worldOf()), name: 'settings' };

      const work = worldOf()
        .client()
        .create<V1ConfigMap>(CONFIG_MAPS, aConfigMap({ ...name, data: { big: 'x'.repeat(3 * MIB) } }));

      expect(await rejectionOf(work)).toMatchObject({ status: 413 });
    });

    it('refuses a body that is no JSON, or of another kind', async () => {
      const namespace = await newNamespace(worldOf());
      const path = pathOf(CONFIG_MAPS, namespace);

      expect(await bare(worldOf(), 'POST', path, { body: '{"kind":' })).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
      expect((await bare(worldOf(), 'POST', path, { body: aDeployment({ namespace, name: 'web' }) })).status).toBe(400);
    });

    it('refuses an object for another namespace than the path’s', async () => {
      const namespace = await newNamespace(worldOf());

      const answer = await bare(worldOf(), 'POST', pathOf(CONFIG_MAPS, namespace), {
        body: aConfigMap({ namespace: 'default', name: 'x' }),
      });

      expect(answer).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
    });
  });
}
