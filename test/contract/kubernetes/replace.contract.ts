import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../lib/kubernetes/errors.ts';
import { aConfigMap, aDeployment } from './objects.ts';
import { CONFIG_MAPS, DEPLOYMENTS, pathOf } from './resources.ts';
import { bare, newNamespace, rejectionOf, type WorldOf } from './world.ts';

export function describeReplace(worldOf: WorldOf): void {
  describe('replace', () => {
    it('refuses an object read before somebody else wrote', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      const old = await client.create<V1ConfigMap>(CONFIG_MAPS, aConfigMap({ namespace, name: 'x', data: { v: '1' } }));
      await client.replace<V1ConfigMap>(CONFIG_MAPS, { ...old, data: { v: '2' } });

      const error = await rejectionOf(client.replace<V1ConfigMap>(CONFIG_MAPS, { ...old, data: { v: '3' } }));

      expect(error).toMatchObject({
        name: 'ConflictError',
        reason: 'Conflict',
        message: expect.stringContaining('the object has been modified'),
      });
      expect(await client.get<V1ConfigMap>(CONFIG_MAPS, { namespace, name: 'x' })).toMatchObject({ data: { v: '2' } });
    });

    it('without a resourceVersion writes over whatever is there', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'x', data: { v: '1', w: '1' } }));

      const replaced = await client.replace<V1ConfigMap>(CONFIG_MAPS, aConfigMap({ namespace, name: 'x', data: { v: '2' } }));

      expect(replaced.data).toEqual({ v: '2' });
    });

    it('refuses the uid of an object that was deleted and made again', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      const first = await client.create<V1ConfigMap>(CONFIG_MAPS, aConfigMap({ namespace, name: 'x' }));
      await client.delete(CONFIG_MAPS, { namespace, name: 'x' });
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'x' }));

      const body = { ...aConfigMap({ namespace, name: 'x' }), metadata: { namespace, name: 'x', uid: first.metadata?.uid } };

      expect(await bare(worldOf(), 'PUT', pathOf(CONFIG_MAPS, namespace, 'x'), { body })).toMatchObject({
        status: 409,
        body: { reason: 'Conflict' },
      });
    });

    it('refuses what may never change', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      await client.create<V1Deployment>(DEPLOYMENTS, aDeployment({ namespace, name: 'web' }));
      const other = aDeployment({ namespace, name: 'other' });

      const error = await rejectionOf(client.replace<V1Deployment>(DEPLOYMENTS, { ...other, metadata: { namespace, name: 'web' } }));

      expect(error).toBeInstanceOf(InvalidRequestError);
      expect(error).toMatchObject({ status: 422, reason: 'Invalid', message: expect.stringContaining('field is immutable') });
    });
  });
}
