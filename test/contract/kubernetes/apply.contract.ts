import type { KubernetesObject, V1Deployment } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { aDeployment } from './objects.ts';
import { DEPLOYMENTS, pathOf } from './resources.ts';
import { bare, newNamespace, rejectionOf, type World, type WorldOf } from './world.ts';

interface Owned {
  readonly replicas?: number;
  readonly annotations?: Record<string, string>;
}

function applied(name: { namespace: string; name: string }, { replicas, annotations }: Owned): KubernetesObject {
  const spec = replicas === undefined ? {} : { spec: { replicas } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...name, ...(annotations ? { annotations } : {}) }, ...spec };
}

export function describeApply(worldOf: WorldOf): void {
  const apply = async (
    world: World,
    name: { namespace: string; name: string },
    owned: Owned,
    options: { readonly fieldManager?: string; readonly force?: boolean } = {},
  ): Promise<V1Deployment> => world.client().patch<V1Deployment>(DEPLOYMENTS, name, applied(name, owned), { type: 'apply', ...options });

  /** As a deploy pipeline leaves it: every field owned by `pipeline`. */
  const aWeb = async (replicas?: number) => {
    const name = { namespace: await newNamespace(worldOf()), name: 'web' };
    const object = aDeployment({ ...name, ...(replicas === undefined ? {} : { replicas }) });
    await worldOf().client().patch(DEPLOYMENTS, name, object, { type: 'apply', fieldManager: 'pipeline' });
    return name;
  };

  describe('server-side apply', () => {
    it('creates what is not there, owned by its manager', async () => {
      const name = await aWeb();

      const web = await worldOf().client().get<V1Deployment>(DEPLOYMENTS, name);

      expect(web.spec?.replicas).toBe(1);
      const manager = web.metadata?.managedFields?.find((field) => field.manager === 'pipeline');
      expect(manager).toMatchObject({ operation: 'Apply', apiVersion: 'apps/v1' });
      expect(manager?.fieldsV1).toMatchObject({
        'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"main"}': { 'f:image': {} } } } } },
      });
      // A default is nobody's: whoever names the field first owns it.
      expect(manager?.fieldsV1).not.toHaveProperty(['f:spec', 'f:replicas']);
    });

    it('lets two managers own different fields', async () => {
      const name = await aWeb();

      await apply(worldOf(), name, { replicas: 0, annotations: { 'downscaler/original-replicas': '1' } });
      const deployed = await worldOf()
        .client()
        .patch<V1Deployment>(DEPLOYMENTS, name, aDeployment({ ...name, annotations: { release: '2' } }), {
          type: 'apply',
          fieldManager: 'pipeline',
        });

      expect(deployed.spec?.replicas).toBe(0);
      expect(deployed.metadata?.annotations).toMatchObject({ 'downscaler/original-replicas': '1', release: '2' });
    });

    it('conflicts over a field of another manager, and says whose', async () => {
      const name = await aWeb(3);

      const error = await rejectionOf(apply(worldOf(), name, { replicas: 0 }));
      const answer = await bare(worldOf(), 'PATCH', `${pathOf(DEPLOYMENTS, name.namespace, name.name)}?fieldManager=nightshift`, {
        body: applied(name, { replicas: 0 }),
        contentType: 'application/apply-patch+yaml',
      });

      expect(error).toMatchObject({ name: 'ConflictError', status: 409, message: expect.stringContaining('conflict with "pipeline"') });
      expect(answer).toMatchObject({
        status: 409,
        body: { reason: 'Conflict', details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }] } },
      });
      expect((await worldOf().client().get<V1Deployment>(DEPLOYMENTS, name)).spec?.replicas).toBe(3);
    });

    it('does not conflict over a value that is the same', async () => {
      const name = await aWeb(3);

      const shared = await apply(worldOf(), name, { replicas: 3 });

      const owners = shared.metadata?.managedFields?.filter((field) => JSON.stringify(field.fieldsV1).includes('"f:replicas":{}'));
      expect(owners?.map((field) => field.manager)).toEqual(expect.arrayContaining(['nightshift', 'pipeline']));
    });

    it('takes fields over by force, and the former owner then conflicts', async () => {
      const name = await aWeb(3);

      const forced = await apply(worldOf(), name, { replicas: 0 }, { force: true });
      const error = await rejectionOf(apply(worldOf(), name, { replicas: 3 }, { fieldManager: 'pipeline' }));

      expect(forced.spec?.replicas).toBe(0);
      expect(error).toMatchObject({ name: 'ConflictError', message: expect.stringContaining('conflict with "nightshift"') });
    });

    it('conflicts over what a plain patch took', async () => {
      const name = await aWeb(3);
      await worldOf()
        .client()
        .patch(DEPLOYMENTS, name, { spec: { replicas: 0 } }, { type: 'merge' });

      const error = await rejectionOf(apply(worldOf(), name, { replicas: 3 }, { fieldManager: 'pipeline' }));

      expect(error).toMatchObject({ name: 'ConflictError', message: expect.stringMatching(/conflict with "nightshift"/) });
    });

    it('removes what its manager no longer names, unless another owns it', async () => {
      const name = await aWeb();
      await apply(worldOf(), name, { annotations: { mine: '1', ours: '1' } });
      await apply(worldOf(), name, { annotations: { ours: '1' } }, { fieldManager: 'another' });

      const less = await apply(worldOf(), name, {});

      expect(less.metadata?.annotations).not.toHaveProperty('mine');
      expect(less.metadata?.annotations).toMatchObject({ ours: '1' });
    });

    it('removes what its manager owned in an object that it now names empty', async () => {
      const name = await aWeb(3);
      const patch = (spec: object) =>
        worldOf()
          .client()
          .patch<V1Deployment>(DEPLOYMENTS, name, { ...applied(name, {}), spec }, { type: 'apply' });
      expect(await patch({ minReadySeconds: 3 })).toMatchObject({ spec: { minReadySeconds: 3 } });

      const less = await patch({});

      expect(less.spec).not.toHaveProperty('minReadySeconds');
      expect(less.spec?.replicas).toBe(3);
    });

    it('of an object that is empty conflicts with nobody', async () => {
      const name = await aWeb(3);

      const empty = { ...applied(name, { annotations: { a: '1' } }), spec: {} };
      const result = await worldOf().client().patch<V1Deployment>(DEPLOYMENTS, name, empty, { type: 'apply' });

      expect(result).toMatchObject({ spec: { replicas: 3 }, metadata: { annotations: { a: '1' } } });
    });

    it('conflicts when it names an old resourceVersion', async () => {
      const name = await aWeb();
      const old = await worldOf().client().get(DEPLOYMENTS, name);
      await worldOf()
        .client()
        .patch(DEPLOYMENTS, name, { metadata: { labels: { moved: 'on' } } }, { type: 'merge' });

      const stale = applied(name, { annotations: { a: '1' } });
      const body = { ...stale, metadata: { ...stale.metadata, resourceVersion: old.metadata?.resourceVersion ?? '' } };
      const error = await rejectionOf(worldOf().client().patch(DEPLOYMENTS, name, body, { type: 'apply' }));

      expect(error).toMatchObject({ name: 'ConflictError', message: expect.stringContaining('the object has been modified') });
    });

    it('does not move the version when nothing changes', async () => {
      const name = { ...(await aWeb()) };
      const own = { annotations: { a: '1' } };
      await apply(worldOf(), name, own);
      const first = await apply(worldOf(), name, own);

      const second = await apply(worldOf(), name, own);

      expect(second.metadata?.managedFields?.find((field) => field.manager === 'nightshift')).toEqual(
        first.metadata?.managedFields?.find((field) => field.manager === 'nightshift'),
      );
    });

    it('wants to know its manager, and refuses managedFields of the caller’s making', async () => {
      const name = await aWeb();
      const path = pathOf(DEPLOYMENTS, name.namespace, name.name);
      const send = (query: string, body: unknown) =>
        bare(worldOf(), 'PATCH', `${path}${query}`, { body, contentType: 'application/apply-patch+yaml' });

      const anonymous = await send('', applied(name, { replicas: 1 }));
      const forged = await send('?fieldManager=x', { ...applied(name, {}), metadata: { ...name, managedFields: [{ manager: 'x' }] } });

      expect(anonymous).toMatchObject({
        status: 422,
        body: { message: expect.stringContaining('fieldManager: Required value: is required for apply patch') },
      });
      expect(forged.status).toBe(400);
    });

    it('reads YAML as well as JSON', async () => {
      const name = await aWeb();
      const yaml = `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  annotations:\n    from: yaml\n`;

      const answer = await bare(worldOf(), 'PATCH', `${pathOf(DEPLOYMENTS, name.namespace, name.name)}?fieldManager=kubectl`, {
        body: yaml,
        contentType: 'application/apply-patch+yaml',
      });

      expect(answer).toMatchObject({ status: 200, body: { metadata: { annotations: { from: 'yaml' } } } });
    });
  });
}
