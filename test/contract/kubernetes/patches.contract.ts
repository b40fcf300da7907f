import type { V1CronJob, V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import type { PatchType } from '../../../lib/kubernetes/client.ts';
import { aCronJob, aDeployment, aStatefulSet } from './objects.ts';
import { CRON_JOBS, DEPLOYMENTS, pathOf, STATEFUL_SETS } from './resources.ts';
import { bare, newNamespace, rejectionOf, type WorldOf } from './world.ts';

const RECORD = 'downscaler/original-replicas';

/** The same sleep in every patch language. */
const SLEEPS: Readonly<Record<PatchType, unknown>> = {
  merge: { metadata: { annotations: { [RECORD]: '3', obsolete: null } }, spec: { replicas: 0 } },
  strategic: { metadata: { annotations: { [RECORD]: '3', obsolete: null } }, spec: { replicas: 0 } },
  json: [
    { op: 'test', path: '/spec/replicas', value: 3 },
    { op: 'replace', path: '/spec/replicas', value: 0 },
    { op: 'add', path: '/metadata/annotations/downscaler~1original-replicas', value: '3' },
    { op: 'remove', path: '/metadata/annotations/obsolete' },
  ],
  apply: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { annotations: { [RECORD]: '3' } }, spec: { replicas: 0 } },
};

export function describePatches(worldOf: WorldOf): void {
  const aWeb = async () => {
    const client = worldOf().client();
    const name = { namespace: await newNamespace(worldOf()), name: 'web' };
    const annotations = { obsolete: 'yes', kept: 'yes' };
    await client.create(DEPLOYMENTS, aDeployment({ ...name, replicas: 0, annotations }));
    return { client, name };
  };

  describe('patches', () => {
    it.each<PatchType>(['merge', 'strategic', 'json', 'apply'])('of type %s put a StatefulSet to sleep with its record', async (type) => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'db' };
      await client.create(STATEFUL_SETS, aStatefulSet({ ...name, replicas: 3, annotations: { obsolete: 'yes', kept: 'yes' } }));

      const slept = await client.patch(STATEFUL_SETS, name, SLEEPS[type], type === 'apply' ? { type, force: true } : { type });

      expect(slept).toMatchObject({ kind: 'StatefulSet', spec: { replicas: 0, serviceName: 'db' } });
      // What apply does not name it leaves alone; the others can take away by name.
      const leftover = type === 'apply' ? { obsolete: 'yes' } : {};
      expect(slept.metadata?.annotations).toEqual({ kept: 'yes', [RECORD]: '3', ...leftover });
    });

    it('suspend and resume a CronJob', async () => {
      const client = worldOf().client();
      const name = { namespace: await newNamespace(worldOf()), name: 'report' };
      await client.create(CRON_JOBS, aCronJob(name));

      const asleep = await client.patch<V1CronJob>(
        CRON_JOBS,
        name,
        { metadata: { annotations: { [RECORD]: '1' } }, spec: { suspend: true } },
        { type: 'merge' },
      );
      const awake = await client.patch<V1CronJob>(
        CRON_JOBS,
        name,
        { metadata: { annotations: { [RECORD]: null } }, spec: { suspend: false } },
        { type: 'merge' },
      );

      expect(asleep).toMatchObject({ spec: { suspend: true, schedule: '0 0 29 2 *' }, metadata: { annotations: { [RECORD]: '1' } } });
      expect(awake.spec?.suspend).toBe(false);
      expect(awake.metadata?.annotations ?? {}).toEqual({});
    });

    it('of type merge replace lists, of type strategic merge containers by name', async () => {
      const { client, name } = await aWeb();
      const containers = [{ name: 'main', image: 'registry.example/main:2' }];

      const merged = await client.patch<V1Deployment>(
        DEPLOYMENTS,
        name,
        {
          spec: {
            template: { spec: { containers: [...containers, { name: 'sidecar', env: [{ name: 'LEVEL', value: '1' }] }] } },
          },
        },
        { type: 'strategic' },
      );
      const replaced = await client.patch<V1Deployment>(
        DEPLOYMENTS,
        name,
        { spec: { template: { spec: { containers } } } },
        { type: 'merge' },
      );

      const shapeOf = (object: V1Deployment) =>
        object.spec?.template.spec?.containers.map(({ name, image, env }) => ({ name, image, env }));
      expect(shapeOf(merged)).toEqual([
        { name: 'main', image: 'registry.example/main:2', env: [{ name: 'MODE', value: 'dev' }] },
        { name: 'sidecar', image: 'registry.example/sidecar:1', env: [{ name: 'LEVEL', value: '1' }] },
      ]);
      expect(shapeOf(replaced)).toEqual([{ name: 'main', image: 'registry.example/main:2', env: undefined }]);
    });

    it('of type strategic delete a list item by its key', async () => {
      const { client, name } = await aWeb();

      const patched = await client.patch<V1Deployment>(
        DEPLOYMENTS,
        name,
        { spec: { template: { spec: { containers: [{ name: 'sidecar', $patch: 'delete' }] } } } },
        { type: 'strategic' },
      );

      expect(patched.spec?.template.spec?.containers.map((container) => container.name)).toEqual(['main']);
    });

    it('of type json apply all of their operations or none', async () => {
      const { client, name } = await aWeb();

      const error = await rejectionOf(
        client.patch(
          DEPLOYMENTS,
          name,
          [
            { op: 'replace', path: '/metadata/annotations/kept', value: 'no' },
            { op: 'test', path: '/spec/replicas', value: 7 },
          ],
          { type: 'json' },
        ),
      );

      expect(error).toMatchObject({ name: 'InvalidRequestError', status: 422, reason: 'Invalid' });
      // A controller-manager adds an annotation of its own at a time of its choosing.
      expect((await client.get(DEPLOYMENTS, name)).metadata?.annotations).toMatchObject({ kept: 'yes', obsolete: 'yes' });
    });

    it.each([
      ['remove', [{ op: 'remove', path: '/metadata/annotations/never-there' }]],
      ['add', [{ op: 'add', path: '/metadata/nothing/here', value: 'x' }]],
    ])('of type json refuse to %s what is not there', async (_, patch) => {
      const { client, name } = await aWeb();

      expect(await rejectionOf(client.patch(DEPLOYMENTS, name, patch, { type: 'json' }))).toMatchObject({
        name: 'InvalidRequestError',
        status: 422,
      });
    });

    it.each([
      ['a document that is no patch', 'merge', []],
      ['operations that are none', 'json', { spec: { replicas: 1 } }],
      ['an unknown operation', 'json', [{ op: 'twist', path: '/spec' }]],
      ['a count that is text', 'merge', { spec: { replicas: 'three' } }],
      ['an annotation that is a number', 'merge', { metadata: { annotations: { count: 3 } } }],
    ] satisfies [string, PatchType, unknown][])('refuse %s', async (_, type, patch) => {
      const { client, name } = await aWeb();

      const error = await rejectionOf(client.patch(DEPLOYMENTS, name, patch, { type }));

      expect(error).toMatchObject({ name: 'InvalidRequestError' });
    });

    it('of types other than apply cannot be forced', async () => {
      const { client, name } = await aWeb();

      expect(await rejectionOf(client.patch(DEPLOYMENTS, name, { spec: { replicas: 0 } }, { type: 'merge', force: true }))).toMatchObject({
        name: 'InvalidRequestError',
        status: 422,
      });
    });

    it('cannot rename an object', async () => {
      const { client, name } = await aWeb();

      expect(await rejectionOf(client.patch(DEPLOYMENTS, name, { metadata: { name: 'other' } }, { type: 'merge' }))).toMatchObject({
        name: 'InvalidRequestError',
        status: 400,
      });
    });

    it('without a known content type are answered 415', async () => {
      const { name } = await aWeb();
      const path = pathOf(DEPLOYMENTS, name.namespace, name.name);

      const answer = await bare(worldOf(), 'PATCH', path, { body: { spec: { replicas: 1 } }, contentType: 'application/json' });

      expect(answer).toMatchObject({ status: 415, body: { reason: 'UnsupportedMediaType', code: 415 } });
    });

    it('of a dry run answer with the result and store nothing', async () => {
      const { client, name } = await aWeb();
      const path = `${pathOf(DEPLOYMENTS, name.namespace, name.name)}?dryRun=All`;

      const answer = await bare(worldOf(), 'PATCH', path, {
        body: { metadata: { labels: { tried: 'yes' } } },
        contentType: 'application/merge-patch+json',
      });

      expect(answer).toMatchObject({ status: 200, body: { metadata: { labels: { tried: 'yes' } } } });
      expect((await client.get(DEPLOYMENTS, name)).metadata?.labels ?? {}).toEqual({});
    });

    it('name their writer in managedFields', async () => {
      const { client, name } = await aWeb();

      const patched = await client.patch(DEPLOYMENTS, name, { metadata: { annotations: { [RECORD]: '3' } } }, { type: 'merge' });

      const entry = patched.metadata?.managedFields?.find((field) => field.manager === 'nightshift');
      expect(entry).toMatchObject({
        operation: 'Update',
        apiVersion: 'apps/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:metadata': { 'f:annotations': { [`f:${RECORD}`]: {} } } },
      });
    });
  });
}
