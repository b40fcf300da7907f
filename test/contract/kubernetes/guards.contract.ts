import type { KubernetesObject, V1CronJob, V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it, vi } from 'vitest';
import type { KubernetesClient, PatchType } from '../../../lib/kubernetes/client.ts';
import { aConfigMap, aCronJob, aDeployment } from './objects.ts';
import { CONFIG_MAPS, CRON_JOBS, DEPLOYMENTS } from './resources.ts';
import { newNamespace, rejectionOf, type WorldOf } from './world.ts';

const RECORD = 'downscaler/original-replicas';

function versionOf(object: KubernetesObject): string {
  return object.metadata?.resourceVersion ?? '';
}

/** The sleep of a Deployment as Nightshift writes it: the count and the record of what it was in one write. */
function sleepPatch(resourceVersion: string) {
  return { metadata: { resourceVersion, annotations: { [RECORD]: '3' } }, spec: { replicas: 0 } };
}

export function describeGuards(worldOf: WorldOf): void {
  const aSettledObject = async (): Promise<{ client: KubernetesClient; name: { namespace: string; name: string }; object: V1CronJob }> => {
    const client = worldOf().client();
    const name = { namespace: await newNamespace(worldOf()), name: 'report' };
    return { client, name, object: await client.create<V1CronJob>(CRON_JOBS, aCronJob(name)) };
  };

  describe('guarded patches', () => {
    it('write count and record together while nobody else wrote', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'web' };
      await client.create(DEPLOYMENTS, aDeployment({ ...name, replicas: 3 }));

      // A controller's first status write may come between: then read again, decide again.
      const slept = await vi.waitFor(async () => {
        const read = await client.get(DEPLOYMENTS, name);
        return client.patch<V1Deployment>(DEPLOYMENTS, name, sleepPatch(versionOf(read)), { type: 'merge' });
      });

      expect(slept).toMatchObject({ spec: { replicas: 0 }, metadata: { annotations: { [RECORD]: '3' }, generation: 2 } });
    });

    it.each<PatchType>(['merge', 'strategic'])('of type %s conflict once the object has moved on, and change nothing', async (type) => {
      const { client, name, object } = await aSettledObject();
      const moved = await client.patch(CRON_JOBS, name, { metadata: { labels: { touched: 'by-a-person' } } }, { type: 'merge' });

      const patch = { metadata: { resourceVersion: versionOf(object), annotations: { [RECORD]: '1' } }, spec: { suspend: true } };
      const error = await rejectionOf(client.patch(CRON_JOBS, name, patch, { type }));

      expect(error).toMatchObject({
        name: 'ConflictError',
        status: 409,
        reason: 'Conflict',
        message: expect.stringContaining('the object has been modified'),
      });
      expect(versionOf(await client.get(CRON_JOBS, name))).toBe(versionOf(moved));
    });

    it('let exactly one of many writers win', async () => {
      const { client, name, object } = await aSettledObject();
      const attempt = (writer: number): Promise<string> =>
        client
          .patch(
            CRON_JOBS,
            name,
            { metadata: { resourceVersion: versionOf(object), annotations: { writer: String(writer) } } },
            { type: 'merge' },
          )
          .then(
            () => 'written',
            (error: Error) => error.name,
          );

      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, writer) => attempt(writer)));

      expect(outcomes.toSorted()).toEqual([...Array(7).fill('ConflictError'), 'written']);
    });

    it('do not resurrect an object that was deleted and made again', async () => {
      const { client, name, object } = await aSettledObject();
      await client.delete(CRON_JOBS, name);
      await client.create(CRON_JOBS, aCronJob(name));

      const patch = { metadata: { resourceVersion: versionOf(object) }, spec: { suspend: true } };

      expect(await rejectionOf(client.patch(CRON_JOBS, name, patch, { type: 'merge' }))).toMatchObject({ name: 'ConflictError' });
      expect(await client.get<V1CronJob>(CRON_JOBS, name)).toMatchObject({ spec: { suspend: false } });
    });

    it('refuse a foreign uid', async () => {
      const { client, name } = await aSettledObject();
      const patch = { metadata: { uid: '00000000-0000-0000-0000-000000000000' }, spec: { suspend: true } };

      expect(await rejectionOf(client.patch(CRON_JOBS, name, patch, { type: 'merge' }))).toMatchObject({
        name: 'InvalidRequestError',
        status: 422,
        message: expect.stringContaining('metadata.uid'),
      });
    });

    it('are not needed: without a resourceVersion the last writer wins', async () => {
      const { client, name } = await aSettledObject();
      await client.patch(CRON_JOBS, name, { metadata: { labels: { touched: 'yes' } } }, { type: 'merge' });

      const patched = await client.patch<V1CronJob>(CRON_JOBS, name, { spec: { suspend: true } }, { type: 'merge' });

      expect(patched).toMatchObject({ spec: { suspend: true }, metadata: { labels: { touched: 'yes' } } });
    });
  });

  describe('versions', () => {
    it('do not move for a patch or replace that changes nothing', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'settings' };
      const object = await client.create(CONFIG_MAPS, aConfigMap({ ...name, data: { a: '1' } }));
      const patches: readonly [PatchType, unknown][] = [
        ['merge', { data: { a: '1' } }],
        ['merge', {}],
        ['strategic', { data: { a: '1' } }],
        ['json', [{ op: 'replace', path: '/data/a', value: '1' }]],
        ['json', []],
      ];

      for (const [type, patch] of patches) {
        const same = await client.patch(CONFIG_MAPS, name, patch, { type });
        expect(versionOf(same), `${type} ${JSON.stringify(patch)}`).toBe(versionOf(object));
      }
      expect(versionOf(await client.replace(CONFIG_MAPS, object))).toBe(versionOf(object));
    });

    it('grow with every change, over all objects', async () => {
      const { client, name, object } = await aSettledObject();

      const second = await client.patch(CRON_JOBS, name, { spec: { suspend: true } }, { type: 'merge' });
      const other = await client.create(CONFIG_MAPS, aConfigMap({ namespace: name.namespace, name: 'other' }));

      expect(Number(versionOf(second))).toBeGreaterThan(Number(versionOf(object)));
      expect(Number(versionOf(other))).toBeGreaterThan(Number(versionOf(second)));
    });

    it('count generations by changes of the spec, not of labels or annotations', async () => {
      const { client, name } = await aSettledObject();
      const generationAfter = async (patch: object): Promise<number | undefined> =>
        (await client.patch(CRON_JOBS, name, patch, { type: 'merge' })).metadata?.generation;

      expect(await generationAfter({ metadata: { annotations: { a: '1' }, labels: { b: '2' } } })).toBe(1);
      expect(await generationAfter({ spec: { suspend: true } })).toBe(2);
      expect(await generationAfter({ spec: { suspend: true } })).toBe(2);
      expect(await generationAfter({ spec: { suspend: false }, metadata: { annotations: { a: null } } })).toBe(3);
    });

    it('cannot be written: uid, creation time and generation stay the server’s', async () => {
      const { client, name, object } = await aSettledObject();

      const patched = await client.patch(
        CRON_JOBS,
        name,
        { metadata: { generation: 99, creationTimestamp: '2001-01-01T00:00:00Z' } },
        { type: 'merge' },
      );

      expect(patched.metadata).toMatchObject({ generation: 1, creationTimestamp: object.metadata?.creationTimestamp });
    });
  });
}
