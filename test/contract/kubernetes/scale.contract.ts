import type { V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { aCronJob, aDeployment, aStatefulSet } from './objects.ts';
import { CRON_JOBS, DEPLOYMENTS, pathOf, STATEFUL_SETS } from './resources.ts';
import { bare, newNamespace, type WorldOf } from './world.ts';

const MERGE = 'application/merge-patch+json';

export function describeScale(worldOf: WorldOf): void {
  describe('the scale subresource', () => {
    it.each([
      ['Deployment', DEPLOYMENTS, aDeployment],
      ['StatefulSet', STATEFUL_SETS, aStatefulSet],
    ] as const)('reads and writes the count of a %s alone', async (_, resource, build) => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      await client.create(resource, build({ ...name, replicas: 2 }));
      const path = `${pathOf(resource, name.namespace, name.name)}/scale`;

      const before = await bare(worldOf(), 'GET', path);
      const patched = await bare(worldOf(), 'PATCH', path, { body: { spec: { replicas: 0 } }, contentType: MERGE });
      const after = await client.get(resource, name);

      expect(before).toMatchObject({
        status: 200,
        body: {
          apiVersion: 'autoscaling/v1',
          kind: 'Scale',
          metadata: { name: 'web' },
          spec: { replicas: 2 },
          status: { selector: 'app=web' },
        },
      });
      expect(patched).toMatchObject({ status: 200, body: { kind: 'Scale' } });
      expect(after).toMatchObject({ spec: { replicas: 0 }, metadata: { generation: 2 } });
    });

    it('carries the resourceVersion of its object and conflicts on an old one', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      const old = await client.create<V1Deployment>(DEPLOYMENTS, aDeployment({ ...name, replicas: 0 }));
      await client.patch(DEPLOYMENTS, name, { metadata: { labels: { moved: 'on' } } }, { type: 'merge' });
      const path = `${pathOf(DEPLOYMENTS, name.namespace, name.name)}/scale`;

      const body = { metadata: { resourceVersion: old.metadata?.resourceVersion }, spec: { replicas: 1 } };
      const answer = await bare(worldOf(), 'PATCH', path, { body, contentType: MERGE });

      expect(answer).toMatchObject({ status: 409, body: { reason: 'Conflict' } });
    });

    it('can be put whole', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      await client.create(DEPLOYMENTS, aDeployment({ ...name, replicas: 1 }));
      const path = `${pathOf(DEPLOYMENTS, name.namespace, name.name)}/scale`;

      const body = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: name, spec: { replicas: 4 } };
      const answer = await bare(worldOf(), 'PUT', path, { body });

      expect(answer).toMatchObject({ status: 200, body: { spec: { replicas: 4 } } });
      expect(await client.get<V1Deployment>(DEPLOYMENTS, name)).toMatchObject({ spec: { replicas: 4 } });
    });

    it('refuses a negative count, an unknown object and a kind without it', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      await client.create(DEPLOYMENTS, aDeployment({ ...name, replicas: 1 }));
      await client.create(CRON_JOBS, aCronJob(name));
      const patch = (path: string) => bare(worldOf(), 'PATCH', `${path}/scale`, { body: { spec: { replicas: -1 } }, contentType: MERGE });

      expect(await patch(pathOf(DEPLOYMENTS, name.namespace, 'web'))).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
      expect(await patch(pathOf(DEPLOYMENTS, name.namespace, 'ghost'))).toMatchObject({ status: 404, body: { reason: 'NotFound' } });
      expect((await patch(pathOf(CRON_JOBS, name.namespace, 'web'))).status).toBe(404);
    });
  });
}
