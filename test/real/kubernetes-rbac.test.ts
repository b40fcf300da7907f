import type { CoreV1Event, V1Pod, V1PolicyRule } from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Resource } from '../../lib/kubernetes/client.ts';
import { ForbiddenError } from '../../lib/kubernetes/errors.ts';
import { describeGuards } from '../contract/kubernetes/guards.contract.ts';
import { describeLimits } from '../contract/kubernetes/limits.contract.ts';
import { describeNamespaces } from '../contract/kubernetes/namespaces.contract.ts';
import { describeObjects } from '../contract/kubernetes/objects.contract.ts';
import { describePaging } from '../contract/kubernetes/paging.contract.ts';
import { describePatches } from '../contract/kubernetes/patches.contract.ts';
import {
  CLUSTER_ROLES,
  CONFIG_MAPS,
  CRON_JOBS,
  DAEMON_SETS,
  DEPLOYMENTS,
  EVENTS,
  NAMESPACES,
  NODES,
  PODS,
  pathOf,
  STATEFUL_SETS,
} from '../contract/kubernetes/resources.ts';
import { describeSelectors } from '../contract/kubernetes/selectors.contract.ts';
import { describeWorkloads } from '../contract/kubernetes/workloads.contract.ts';
import { rejectionOf, type World } from '../contract/kubernetes/world.ts';
import { apiRequest } from '../support/api-request.ts';
import { roleManifest } from '../support/manifest.ts';
import { actingClient } from '../support/rbac/acting-client.ts';
import { RbacWorld } from '../support/rbac/rbac-world.ts';
import { grantsOf, tallyRules } from '../support/rbac/rule-tally.ts';
import { hasControlPlane } from '../support/real-parts.ts';
import { aDeployment } from '../support/workloads.ts';

const base = roleManifest('scale-dev-nightly');
const podForce = roleManifest('scale-dev-nightly-pod-force-uptime');
const rulesOf = ({ role }: typeof base): readonly V1PolicyRule[] => role.rules ?? [];

const SECRETS: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
/** A real API server learns of roles and bindings a moment after they are written. */
const SOON = { timeout: 10_000, interval: 50 };
const ASLEEP = [0, 0, 0];
const AWAKE = [3, 3, 1];
const always = { scopes: [{ label: 'flags', downtime: 'always' }] };

describe.runIf(hasControlPlane())('the ClusterRole of scale-dev-nightly on a real control plane', () => {
  let world: RbacWorld;

  beforeAll(async () => {
    world = await RbacWorld.start();
    await world.apply(base.path);
    await vi.waitFor(() => world.client('intruder').list(NAMESPACES, { select: () => undefined }), SOON);
  });
  afterAll(() => world?.stop());

  const askedBy = (user: 'function' | 'contract') => world.plane.audited().filter((request) => request.user === user);

  describe('lets the function', () => {
    beforeEach(() => world.setByHand(3));

    it('put all kinds to sleep, wake them, and tell so in Events', async () => {
      const slept = await world.run({ action: 'sleep' });
      expect(slept.report).toMatchObject({ status: 'ok', counts: { slept: 3 } });
      expect(await world.sizes()).toEqual(ASLEEP);

      const woken = await world.run({ action: 'wake' });
      expect(woken.report).toMatchObject({ status: 'ok', counts: { woken: 3 } });
      expect(await world.sizes()).toEqual(AWAKE);

      expect(`${slept.logged}${woken.logged}`).not.toContain('events could not be written');
      const reasons = await world.admin.list<CoreV1Event, string>(EVENTS, {
        namespace: 'shop',
        select: ({ reason, source }) => (source?.component === 'nightshift' ? reason : undefined),
      });
      expect(reasons.toSorted()).toEqual(['Slept', 'Slept', 'Slept', 'Woken', 'Woken', 'Woken']);
    });

    it('reconcile', async () => {
      expect((await world.run({}, always)).report).toMatchObject({ status: 'ok', counts: { slept: 3 } });
      expect((await world.run({}, always)).report).toMatchObject({ status: 'ok', counts: { changed: 0 } });
      expect((await world.run({}, { scopes: [{ label: 'flags', uptime: 'always' }] })).report).toMatchObject({
        status: 'ok',
        counts: { woken: 3 },
      });
    });

    it('restore a run from its ledger', async () => {
      await world.run({ action: 'sleep', runId: 'night-1' });
      await world.setByHand(0);

      const { report } = await world.run({ action: 'restore', runId: 'night-1' });

      expect(report).toMatchObject({ status: 'ok', counts: { woken: 3 } });
      expect(await world.sizes()).toEqual(AWAKE);
    });

    it('keep to the namespaces that it is told', async () => {
      const { report } = await world.run({ action: 'sleep', namespaces: ['shop'] });

      expect(report).toMatchObject({ status: 'ok', counts: { slept: 3 } });
    });

    it('not see Pods: where they might ask for uptime, everything stays up, and the report says why', async () => {
      const { report } = await world.run({}, { ...always, podForceUptime: true });

      expect(await world.sizes()).toEqual(AWAKE);
      expect(report?.status).toBe('degraded');
      expect(JSON.stringify(report)).toContain('resources: [\\"pods\\"], verbs: [\\"list\\"]');
    });
  });

  describe('holds no more than the function uses', () => {
    it('every verb on every resource of the manifest', () => {
      const allowed = askedBy('function').filter(({ decision }) => decision === 'allow');
      const role = base.role.metadata?.name;

      expect(tallyRules(rulesOf(base), allowed)).toEqual({ unused: [], missing: [] });
      for (const { reason } of allowed) expect(reason).toContain(`of ClusterRole "${role}" to Group "${role}"`);
    });

    it('and of the function nothing was refused but the Pods', () => {
      const refused = askedBy('function').filter(({ decision }) => decision === 'forbid');

      expect(grantsOf(rulesOf(podForce))).toEqual(['list pods']);
      expect(tallyRules(rulesOf(podForce), refused)).toEqual({ unused: [], missing: [] });
    });

    it('as the API server sums it up', async () => {
      const { status, body } = await apiRequest(world.access('intruder'), 'POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
        body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace: 'shop' } },
      });
      const { resourceRules } = (body as { status: { resourceRules: V1PolicyRule[] } }).status;
      // Everybody who is known may ask about themselves.
      const own = resourceRules.filter(({ apiGroups }) => !apiGroups?.some((group) => /^auth(entic|oriz)ation\.k8s\.io$/.test(group)));

      expect(status).toBe(201);
      expect(grantsOf(own)).toEqual(grantsOf(rulesOf(base)));
    });
  });

  describe('refuses, and names what is missing:', () => {
    const web = { namespace: 'shop', name: 'web' };
    const select = (): undefined => undefined;

    it.each<[string, Resource, (client: ReturnType<RbacWorld['client']>) => Promise<unknown>]>([
      ['delete', DEPLOYMENTS, (client) => client.delete(DEPLOYMENTS, web)],
      ['create', DEPLOYMENTS, (client) => client.create(DEPLOYMENTS, aDeployment({ namespace: 'shop', name: 'new' }))],
      ['update', DEPLOYMENTS, (client) => client.replace(DEPLOYMENTS, aDeployment({ namespace: 'shop' }))],
      ['delete', STATEFUL_SETS, (client) => client.delete(STATEFUL_SETS, { namespace: 'shop', name: 'db' })],
      ['delete', CRON_JOBS, (client) => client.delete(CRON_JOBS, { namespace: 'shop', name: 'report' })],
      ['patch', DAEMON_SETS, (client) => client.patch(DAEMON_SETS, { namespace: 'shop', name: 'agent' }, {}, { type: 'merge' })],
      ['patch', NAMESPACES, (client) => client.patch(NAMESPACES, { name: 'shop' }, {}, { type: 'merge' })],
      ['delete', NAMESPACES, (client) => client.delete(NAMESPACES, { name: 'shop' })],
      ['get', SECRETS, (client) => client.get(SECRETS, { namespace: 'shop', name: 'any' })],
      ['list', SECRETS, (client) => client.list(SECRETS, { select })],
      ['list', CONFIG_MAPS, (client) => client.list(CONFIG_MAPS, { namespace: 'shop', select })],
      ['list', PODS, (client) => client.list(PODS, { select })],
      ['delete', PODS, (client) => client.delete(PODS, { namespace: 'shop', name: 'any' })],
      ['list', EVENTS, (client) => client.list(EVENTS, { select })],
      ['list', NODES, (client) => client.list(NODES, { select })],
      ['list', CLUSTER_ROLES, (client) => client.list(CLUSTER_ROLES, { select })],
    ])('%s %o', async (verb, resource, attempt) => {
      const error = await rejectionOf(attempt(world.client('intruder')));

      expect(error).toBeInstanceOf(ForbiddenError);
      expect(error).toMatchObject({
        status: 403,
        permission: { verb, apiGroup: resource.group, resource: resource.plural },
        hint: expect.stringContaining(`resources: ["${resource.plural}"], verbs: ["${verb}"]`),
      });
    });

    it('the scale subresource, and the name of somebody else', async () => {
      const intruder = world.access('intruder');

      const scale = await apiRequest(intruder, 'PATCH', `${pathOf(DEPLOYMENTS, 'shop', 'web')}/scale`, {
        body: { spec: { replicas: 0 } },
        contentType: 'application/merge-patch+json',
      });
      const watch = await apiRequest(intruder, 'GET', `${pathOf(DEPLOYMENTS)}?watch=1`);

      for (const answer of [scale, watch]) expect(answer).toMatchObject({ status: 403, body: { reason: 'Forbidden' } });
      expect(
        (await world.plane.audited()).filter(({ user, decision }) => user === 'intruder' && decision === 'forbid').length,
      ).toBeGreaterThan(17);
    });
  });

  describe('with the second manifest', () => {
    beforeAll(async () => {
      await world.apply(podForce.path);
      await vi.waitFor(() => world.client('intruder').list(PODS, { select: () => undefined }), SOON);
      await world.setByHand(3);
    });

    it('lets a Pod keep the cluster up, until it is gone', async () => {
      const hold: V1Pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace: 'shop', name: 'hold', annotations: { 'downscaler/force-uptime': 'true' } },
        spec: { containers: [{ name: 'main', image: 'example.org/app:1' }] },
      };
      const policy = { ...always, podForceUptime: true };
      await world.admin.create(PODS, hold);

      expect((await world.run({}, policy)).report).toMatchObject({ status: 'ok', counts: { slept: 0 } });
      expect(await world.sizes()).toEqual(AWAKE);

      await world.admin.delete(PODS, { namespace: 'shop', name: 'hold' });
      await vi.waitFor(
        async () => expect(await rejectionOf(world.admin.get(PODS, { namespace: 'shop', name: 'hold' }))).toMatchObject({ status: 404 }),
        SOON,
      );
      expect((await world.run({}, policy)).report).toMatchObject({ status: 'ok', counts: { slept: 3 } });
    });

    it('uses all of it, and needs nothing beyond both', () => {
      const allowed = askedBy('function').filter(({ decision }) => decision === 'allow');

      expect(tallyRules([...rulesOf(base), ...rulesOf(podForce)], allowed)).toEqual({ unused: [], missing: [] });
    });
  });

  describe('is enough for the parts of the contract that the function relies on:', () => {
    const worldOf = (): World => contractWorld(world, rulesOf(base));

    describeObjects(worldOf);
    describeGuards(worldOf);
    describePatches(worldOf);
    describeSelectors(worldOf);
    describeLimits(worldOf);
    describeNamespaces(worldOf);
    describeWorkloads(worldOf);
    describePaging(worldOf);

    it('all that they asked with it was granted', () => {
      const asked = askedBy('contract');

      expect(asked.length).toBeGreaterThan(100);
      expect(asked.filter(({ decision }) => decision === 'forbid')).toEqual([]);
      expect(tallyRules(rulesOf(base), asked)).toEqual({ unused: [], missing: [] });
    });
  });
});

/** The contract's own user does what the role grants; the administrator fills the cluster and looks where the role does not let it. */
function contractWorld(world: RbacWorld, rules: readonly V1PolicyRule[]): World {
  const { admin, plane } = world;
  const client = actingClient({ actor: world.client('contract'), admin, rules });
  return {
    client: () => client,
    access: () => ({ url: plane.url, caPem: plane.caPem, token: plane.adminToken }),
    expireHistory: () => plane.compact(),
    // The world outlives the contract.
    stop: async () => {},
  };
}
