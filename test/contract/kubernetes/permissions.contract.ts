import type { KubernetesObject } from '@kubernetes/client-node';
import { describe, expect, it, vi } from 'vitest';
import type { Resource } from '../../../lib/kubernetes/client.ts';
import { ForbiddenError, UnauthorizedError } from '../../../lib/kubernetes/errors.ts';
import { aDeployment } from './objects.ts';
import { CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, DEPLOYMENTS, NAMESPACES, pathOf, ROLE_BINDINGS, ROLES } from './resources.ts';
import { bare, newNamespace, rejectionOf, type World, type WorldOf } from './world.ts';

/** A real API server learns of roles and bindings a moment after they are written. */
const SOON = { timeout: 5_000, interval: 25 };
const RBAC = 'rbac.authorization.k8s.io';
const LIMITED = [{ kind: 'User', name: 'limited', apiGroup: RBAC }];

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

async function put(world: World, resource: Resource, object: object): Promise<void> {
  await world.client().create(resource, { apiVersion: `${RBAC}/v1`, kind: resource.kind, ...object } as KubernetesObject);
}

async function allowIn(world: World, namespace: string, rules: readonly Rule[]): Promise<void> {
  await put(world, ROLES, { metadata: { namespace, name: 'scaler' }, rules });
  await put(world, ROLE_BINDINGS, {
    metadata: { namespace, name: 'scaler' },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'scaler' },
    subjects: LIMITED,
  });
}

export function describePermissions(worldOf: WorldOf): void {
  const aNamespaceWithWeb = async (): Promise<{ namespace: string; name: string }> => {
    const name = { namespace: await newNamespace(worldOf()), name: 'web' };
    await worldOf()
      .client()
      .create(DEPLOYMENTS, aDeployment({ ...name, replicas: 0 }));
    return name;
  };
  const listDeployments = (namespace?: string) =>
    worldOf()
      .client('limited')
      .list(DEPLOYMENTS, { ...(namespace === undefined ? {} : { namespace }), select: (object) => object.metadata?.name });
  const patchWeb = (name: { namespace: string; name: string }) =>
    worldOf()
      .client('limited')
      .patch(DEPLOYMENTS, name, { spec: { replicas: 0 } }, { type: 'merge' });

  describe('permissions', () => {
    it('are refused with the one that is missing, cluster-wide', async () => {
      const error = await rejectionOf(listDeployments());

      expect(error).toBeInstanceOf(ForbiddenError);
      expect(error).toMatchObject({
        status: 403,
        reason: 'Forbidden',
        permission: { apiGroup: 'apps', resource: 'deployments', verb: 'list' },
        message: expect.stringContaining(
          'deployments.apps is forbidden: User "limited" cannot list resource "deployments" in API group "apps" at the cluster scope',
        ),
      });
    });

    it('are refused with the one that is missing, in a namespace', async () => {
      const name = await aNamespaceWithWeb();

      const error = await rejectionOf(patchWeb(name));

      expect(error).toMatchObject({
        name: 'ForbiddenError',
        permission: { apiGroup: 'apps', resource: 'deployments', verb: 'patch', namespace: name.namespace },
        message: expect.stringContaining(
          `deployments.apps "web" is forbidden: User "limited" cannot patch resource "deployments" in API group "apps" in the namespace "${name.namespace}"`,
        ),
      });
    });

    it('of the core group are named with an empty group', async () => {
      const work = worldOf()
        .client('limited')
        .list(NAMESPACES, { select: (object) => object });

      expect(await rejectionOf(work)).toMatchObject({
        message: expect.stringContaining('User "limited" cannot list resource "namespaces" in API group "" at the cluster scope'),
      });
    });

    it('do not tell whether an object exists', async () => {
      const namespace = await newNamespace(worldOf());

      const error = await rejectionOf(worldOf().client('limited').get(DEPLOYMENTS, { namespace, name: 'ghost' }));

      expect(error).toBeInstanceOf(ForbiddenError);
    });

    it('of a Role hold for its verbs in its namespace only', async () => {
      const here = await aNamespaceWithWeb();
      const elsewhere = await aNamespaceWithWeb();

      await allowIn(worldOf(), here.namespace, [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'get'] }]);

      await vi.waitFor(async () => expect(await listDeployments(here.namespace)).toEqual(['web']), SOON);
      expect(await rejectionOf(patchWeb(here))).toBeInstanceOf(ForbiddenError);
      expect(await rejectionOf(listDeployments(elsewhere.namespace))).toBeInstanceOf(ForbiddenError);
      expect(await rejectionOf(listDeployments())).toBeInstanceOf(ForbiddenError);
    });

    it('of a ClusterRole bound in a namespace hold there', async () => {
      const here = await aNamespaceWithWeb();
      const role = `contract-${here.namespace}`;
      await put(worldOf(), CLUSTER_ROLES, { metadata: { name: role }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] });
      await put(worldOf(), ROLE_BINDINGS, {
        metadata: { namespace: here.namespace, name: 'all' },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
        subjects: LIMITED,
      });

      await vi.waitFor(async () => expect(await patchWeb(here)).toMatchObject({ kind: 'Deployment' }), SOON);
      expect(await rejectionOf(listDeployments())).toBeInstanceOf(ForbiddenError);
    });

    it('of a Role bound to a group hold for its members', async () => {
      const here = await aNamespaceWithWeb();
      await put(worldOf(), ROLES, {
        metadata: { namespace: here.namespace, name: 'reader' },
        rules: [{ apiGroups: ['apps'], resources: ['*'], verbs: ['list'] }],
      });
      await put(worldOf(), ROLE_BINDINGS, {
        metadata: { namespace: here.namespace, name: 'readers' },
        roleRef: { apiGroup: RBAC, kind: 'Role', name: 'reader' },
        subjects: [{ kind: 'Group', name: 'limited-people', apiGroup: RBAC }],
      });

      await vi.waitFor(async () => expect(await listDeployments(here.namespace)).toEqual(['web']), SOON);
    });

    it('end with the binding that gave them', async () => {
      const role = `contract-${await newNamespace(worldOf())}`;
      await put(worldOf(), CLUSTER_ROLES, {
        metadata: { name: role },
        rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] }],
      });
      await put(worldOf(), CLUSTER_ROLE_BINDINGS, {
        metadata: { name: role },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
        subjects: LIMITED,
      });
      await vi.waitFor(async () => expect(Array.isArray(await listDeployments())).toBe(true), SOON);

      await worldOf().client().delete(CLUSTER_ROLE_BINDINGS, { name: role });

      await vi.waitFor(async () => expect(await rejectionOf(listDeployments())).toBeInstanceOf(ForbiddenError), SOON);
    });

    it('may be for one object by name', async () => {
      const web = await aNamespaceWithWeb();
      const api = { namespace: web.namespace, name: 'api' };
      await worldOf()
        .client()
        .create(DEPLOYMENTS, aDeployment({ ...api, replicas: 0 }));

      await allowIn(worldOf(), web.namespace, [
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'], resourceNames: ['web'] },
      ]);

      await vi.waitFor(async () => expect(await patchWeb(web)).toMatchObject({ kind: 'Deployment' }), SOON);
      expect(await rejectionOf(patchWeb(api))).toBeInstanceOf(ForbiddenError);
    });

    it('of a subresource are their own', async () => {
      const web = await aNamespaceWithWeb();
      await allowIn(worldOf(), web.namespace, [{ apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['patch'] }]);
      const scale = () =>
        bare(worldOf(), 'PATCH', `${pathOf(DEPLOYMENTS, web.namespace, 'web')}/scale`, {
          user: 'limited',
          body: { spec: { replicas: 0 } },
          contentType: 'application/merge-patch+json',
        });

      await vi.waitFor(async () => expect((await scale()).status).toBe(200), SOON);
      expect(await rejectionOf(patchWeb(web))).toBeInstanceOf(ForbiddenError);
    });

    it('can be asked for beforehand', async () => {
      const web = await aNamespaceWithWeb();
      const ask = async (user: 'admin' | 'limited'): Promise<unknown> => {
        const attributes = { namespace: web.namespace, verb: 'patch', group: 'apps', resource: 'deployments' };
        const answer = await bare(worldOf(), 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
          user,
          body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: attributes } },
        });
        expect(answer.status).toBe(201);
        return answer.body;
      };

      expect(await ask('admin')).toMatchObject({ status: { allowed: true } });
      expect(await ask('limited')).toMatchObject({ status: { allowed: false } });
    });

    it('are not the matter when the credentials themselves are unknown: that is 401', async () => {
      const work = worldOf()
        .client('stranger')
        .list(DEPLOYMENTS, { select: (object) => object });

      const error = await rejectionOf(work);

      expect(error).toBeInstanceOf(UnauthorizedError);
      expect(error).toMatchObject({ status: 401, reason: 'Unauthorized' });
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(worldOf().access('stranger').token);
    });
  });
}
