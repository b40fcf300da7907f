import type { KubernetesObject, V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { ConflictError, NotFoundError } from '../../../lib/kubernetes/errors.ts';
import { aConfigMap, aCronJob, aDeployment } from './objects.ts';
import * as resources from './resources.ts';
import { CONFIG_MAPS, CRON_JOBS, DEPLOYMENTS, EVENTS, NAMESPACES, pathOf, SCALED_OBJECTS } from './resources.ts';
import { bare, newNamespace, rejectionOf, type WorldOf } from './world.ts';

const READ_KINDS = Object.values(resources)
  .filter((value) => typeof value === 'object')
  .filter((resource) => resource !== SCALED_OBJECTS);

export function describeObjects(worldOf: WorldOf): void {
  describe('objects', () => {
    it('are created with uid, resourceVersion, creation time and generation 1, and read back the same', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());

      const created = await client.create<V1Deployment>(DEPLOYMENTS, aDeployment({ namespace, name: 'web', annotations: { note: 'ü ✓' } }));
      const read = await client.get<V1Deployment>(DEPLOYMENTS, { namespace, name: 'web' });

      expect(created.metadata).toMatchObject({ namespace, name: 'web', generation: 1, annotations: { note: 'ü ✓' } });
      expect(created.metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
      expect(created.metadata?.resourceVersion).toMatch(/^\d+$/);
      expect(created.metadata?.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(read).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { uid: created.metadata?.uid } });
      expect(read.spec).toEqual(created.spec);
    });

    it('get the defaults that a reader of specs relies on', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());

      const deployment = await client.create<V1Deployment>(DEPLOYMENTS, aDeployment({ namespace, name: 'web' }));
      const cronJob = await client.create(CRON_JOBS, aCronJob({ namespace, name: 'report' }));

      expect(deployment.spec).toMatchObject({
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      });
      expect(cronJob).toMatchObject({ spec: { suspend: false, concurrencyPolicy: 'Allow' } });
    });

    it('of kinds without a spec have no generation', async () => {
      const namespace = await newNamespace(worldOf());

      const created = await worldOf()
        .client()
        .create<V1ConfigMap>(CONFIG_MAPS, aConfigMap({ namespace, name: 'settings' }));

      expect(created.metadata?.generation).toBeUndefined();
    });

    it('with generateName get a name of their own', async () => {
      const namespace = await newNamespace(worldOf());
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, generateName: 'run-' } };

      const answers = await Promise.all([1, 2, 3].map(() => bare(worldOf(), 'POST', pathOf(CONFIG_MAPS, namespace), { body: object })));

      const names = answers.map((answer) => (answer.body as KubernetesObject).metadata?.name);
      expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
      expect(new Set(names).size).toBe(3);
      for (const name of names) expect(name).toMatch(/^run-[a-z0-9]{5}$/);
    });

    it('are created once: the second create conflicts with reason AlreadyExists', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'lock' }));

      const error = await rejectionOf(client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'lock' })));

      expect(error).toBeInstanceOf(ConflictError);
      expect(error).toMatchObject({ status: 409, reason: 'AlreadyExists', message: expect.stringContaining('"lock" already exists') });
    });

    it('that are not there are told apart from kinds that are not there', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());

      const object = await rejectionOf(client.get(DEPLOYMENTS, { namespace, name: 'ghost' }));
      const kind = await rejectionOf(client.list(SCALED_OBJECTS, { select: (found) => found }));

      expect(object).toBeInstanceOf(NotFoundError);
      expect(object).toMatchObject({ reason: 'NotFound', message: expect.stringContaining('deployments.apps "ghost" not found') });
      expect(kind).toBeInstanceOf(NotFoundError);
      expect((kind as NotFoundError).message).not.toContain('"');
    });

    it('cannot be created in a namespace that is not there', async () => {
      const work = worldOf()
        .client()
        .create(CONFIG_MAPS, aConfigMap({ namespace: 'nobody-made-this', name: 'x' }));

      expect(await rejectionOf(work)).toMatchObject({
        name: 'NotFoundError',
        status: 404,
        message: expect.stringContaining('namespaces "nobody-made-this" not found'),
      });
    });

    it('that are not there cannot be patched, replaced or deleted', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      const name = { namespace, name: 'ghost' };

      expect(await rejectionOf(client.patch(DEPLOYMENTS, name, { spec: { replicas: 1 } }, { type: 'merge' }))).toBeInstanceOf(
        NotFoundError,
      );
      expect(await rejectionOf(client.replace(DEPLOYMENTS, aDeployment(name)))).toBeInstanceOf(NotFoundError);
      expect(await rejectionOf(client.delete(DEPLOYMENTS, name))).toBeInstanceOf(NotFoundError);
    });

    it('are gone after delete', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'x' }));

      await client.delete(CONFIG_MAPS, { namespace, name: 'x' });

      expect(await rejectionOf(client.get(CONFIG_MAPS, { namespace, name: 'x' }))).toBeInstanceOf(NotFoundError);
    });

    it('with a finalizer stay, marked, until it is taken away', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      const name = { namespace, name: 'held' };
      const held = aConfigMap(name);
      await client.create(CONFIG_MAPS, { ...held, metadata: { ...held.metadata, finalizers: ['example.com/hold'] } });

      await client.delete(CONFIG_MAPS, name);
      const marked = await client.get(CONFIG_MAPS, name);
      await client.patch(CONFIG_MAPS, name, { metadata: { finalizers: null } }, { type: 'merge' });

      expect(marked.metadata?.deletionTimestamp).toBeTruthy();
      expect(await rejectionOf(client.get(CONFIG_MAPS, name))).toBeInstanceOf(NotFoundError);
    });

    it('are not stored by a dry run', async () => {
      const namespace = await newNamespace(worldOf());

      const answer = await bare(worldOf(), 'POST', `${pathOf(CONFIG_MAPS, namespace)}?dryRun=All`, {
        body: aConfigMap({ namespace, name: 'maybe' }),
      });

      expect(answer).toMatchObject({ status: 201, body: { metadata: { name: 'maybe' } } });
      expect(await rejectionOf(worldOf().client().get(CONFIG_MAPS, { namespace, name: 'maybe' }))).toBeInstanceOf(NotFoundError);
    });

    it('may not say one name in the path and another in the body', async () => {
      const namespace = await newNamespace(worldOf());
      await worldOf()
        .client()
        .create(CONFIG_MAPS, aConfigMap({ namespace, name: 'a' }));

      const answer = await bare(worldOf(), 'PUT', pathOf(CONFIG_MAPS, namespace, 'a'), { body: aConfigMap({ namespace, name: 'b' }) });

      expect(answer).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
    });

    it('of every kind that Nightshift reads can be listed over all namespaces', async () => {
      const client = worldOf().client();

      for (const resource of READ_KINDS) {
        const found = await client.list(resource, { select: (object) => object });
        expect(Array.isArray(found), resource.plural).toBe(true);
      }
    });

    it('can be told about in an Event', async () => {
      const client = worldOf().client();
      const namespace = await newNamespace(worldOf());
      const event = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { namespace, name: 'web.1' },
        involvedObject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' },
        type: 'Warning',
        reason: 'InvalidSchedule',
        message: 'hours need two digits',
      };

      await client.create(EVENTS, event);

      expect(await client.get(EVENTS, { namespace, name: 'web.1' })).toMatchObject({ type: 'Warning', reason: 'InvalidSchedule' });
    });

    it('that are namespaces are Active, and can be read by name', async () => {
      const name = await newNamespace(worldOf());

      const namespace = await worldOf().client().get(NAMESPACES, { name });

      expect(namespace).toMatchObject({
        kind: 'Namespace',
        status: { phase: 'Active' },
        metadata: { labels: { 'kubernetes.io/metadata.name': name } },
      });
    });
  });
}
