import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject, V1PolicyRule } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Resource } from '../../lib/kubernetes/client.ts';
import { ForbiddenError, NotFoundError } from '../../lib/kubernetes/errors.ts';
import type { CountingKubernetesClient } from '../../lib/kubernetes/resource-client.ts';
import { systemClock } from '../../lib/platform/clock.ts';
import { deadlineIn } from '../../lib/platform/deadline.ts';
import { ROLLOUT_KINDS, type RolloutKind } from '../../lib/rollout/kinds.ts';
import { proveIdentity } from '../../lib/rollout/live/identity.ts';
import { PODS as POD_LIST, RESOURCES, SERVICES } from '../../lib/rollout/live/target.ts';
import { waitForRollout } from '../../lib/rollout/live/wait.ts';
import { clientsOf } from '../contract/kubernetes/clients.ts';
import { CONFIG_MAPS, DEPLOYMENTS, NAMESPACES, PODS } from '../contract/kubernetes/resources.ts';
import { rejectionOf } from '../contract/kubernetes/world.ts';
import { IMAGES, RolloutShop, service } from '../contract/rollout/shop.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { kubectlWith } from '../support/kubectl.ts';
import { roleManifest } from '../support/manifest.ts';
import { tallyRules } from '../support/rbac/rule-tally.ts';
import { hasControlPlane } from '../support/real-parts.ts';

const base = roleManifest('post-deploy-smoke');
const variables = roleManifest('post-deploy-smoke-variables');
const rulesOf = ({ role }: typeof base): readonly V1PolicyRule[] => role.rules ?? [];
const group = base.role.metadata?.name ?? '';

const SECRETS: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const stages = [join(import.meta.dirname, '../support/control-plane/rollout-stages.yaml')];
const SOON = { timeout: 10_000, interval: 50 };

describe.runIf(hasControlPlane())('the ClusterRole of post-deploy-smoke on a real control plane', () => {
  const folder = mkdtempSync(join(tmpdir(), 'smoke-rbac-'));
  let plane: ControlPlane;
  let shop: RolloutShop;
  let smoke: CountingKubernetesClient;
  let intruder: CountingKubernetesClient;
  const closing: (() => void)[] = [];

  const connect = (token: string): CountingKubernetesClient => {
    const { client, close } = clientsOf(plane, { admin: token, limited: token, stranger: token });
    closing.push(close);
    return client();
  };
  const apply = async (path: string): Promise<void> => {
    const { code, stderr } = await kubectlWith(plane.kubectl, plane.kubeconfigPath, folder)(['apply', '-f', path]);
    expect(code, stderr).toBe(0);
  };
  const options = () => ({ client: smoke, clock: systemClock, deadline: deadlineIn(20_000, systemClock) });
  const allowed = () => plane.audited().filter(({ user, decision }) => user === 'smoke' && decision === 'allow');

  beforeAll(async () => {
    plane = await startControlPlane({ controllers: true, nodes: true, stages, people: { smoke: [group], intruder: [group] } });
    smoke = connect(plane.tokenOf('smoke'));
    intruder = connect(plane.tokenOf('intruder'));
    shop = await RolloutShop.open(connect(plane.adminToken));
    await apply(base.path);
    await vi.waitFor(() => intruder.list(POD_LIST, { namespace: shop.namespace, select: () => undefined }), SOON);
  });
  afterAll(async () => {
    for (const close of closing) close();
    rmSync(folder, { recursive: true, force: true });
    await plane?.stop();
  });

  it('lets it wait for a rollout, tell why one fails, and prove who answers', async () => {
    await shop.create(service());
    await shop.deploy(IMAGES.first);

    const good = await waitForRollout(shop.target, options());
    const digest = IMAGES.first.slice(IMAGES.first.indexOf('@') + 1);
    const identity = await proveIdentity(shop.target, { ...options(), expected: [{ digests: [digest] }] });
    await shop.change({ containers: [{ name: 'web', image: IMAGES.crash }] });
    const crashing = await waitForRollout(shop.target, options());

    expect(good).toMatchObject({ status: 'done', warnings: [] });
    expect(identity).toMatchObject({ proven: true, warnings: [] });
    expect(crashing).toMatchObject({ status: 'failed', warnings: [] });
  });

  it.each(ROLLOUT_KINDS)('lets it look at a %s', async (kind) => {
    const manifest = workloadOf(kind);
    if (manifest !== undefined)
      await shop.client.create(RESOURCES[kind], { ...manifest, metadata: { name: 'other', namespace: shop.namespace } });
    const target = { kind, namespace: shop.namespace, name: 'other' };

    const waiting = waitForRollout(target, options());

    // Argo Rollouts is not installed here: that it is not there is all that there is to see.
    if (manifest === undefined) expect(await rejectionOf(waiting)).toBeInstanceOf(NotFoundError);
    else expect(await waiting).toMatchObject({ status: 'done', warnings: [] });
  });

  it('holds no more than that took, and nothing was refused', () => {
    expect(tallyRules(rulesOf(base), allowed())).toEqual({ unused: [], missing: [] });
    expect(plane.audited().filter(({ user, decision }) => user === 'smoke' && decision === 'forbid')).toEqual([]);
  });

  const select = (): undefined => undefined;
  it.each<[string, Resource, (client: CountingKubernetesClient, namespace: string) => Promise<unknown>]>([
    ['patch', DEPLOYMENTS, (client, namespace) => client.patch(DEPLOYMENTS, { namespace, name: 'web' }, {}, { type: 'merge' })],
    ['delete', DEPLOYMENTS, (client, namespace) => client.delete(DEPLOYMENTS, { namespace, name: 'web' })],
    ['list', DEPLOYMENTS, (client, namespace) => client.list(DEPLOYMENTS, { namespace, select })],
    ['delete', PODS, (client, namespace) => client.delete(PODS, { namespace, name: 'any' })],
    ['get', SECRETS, (client, namespace) => client.get(SECRETS, { namespace, name: 'any' })],
    ['list', SECRETS, (client, namespace) => client.list(SECRETS, { namespace, select })],
    ['get', CONFIG_MAPS, (client, namespace) => client.get(CONFIG_MAPS, { namespace, name: 'any' })],
    ['patch', SERVICES, (client, namespace) => client.patch(SERVICES, { namespace, name: 'web' }, {}, { type: 'merge' })],
    ['list', NAMESPACES, (client) => client.list(NAMESPACES, { select })],
  ])('refuses to %s %o', async (verb, resource, attempt) => {
    const error = await rejectionOf(attempt(intruder, shop.namespace));

    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error).toMatchObject({ permission: { verb, apiGroup: resource.group, resource: resource.plural } });
  });

  it('reads variables by name with the second manifest, and lists none', async () => {
    await shop.client.create(CONFIG_MAPS, { ...named('ConfigMap', shop.namespace), ...{ data: { VERSION: '2' } } });
    await shop.client.create(SECRETS, { ...named('Secret', shop.namespace), ...{ stringData: { password: 'x' } } });
    await apply(variables.path);
    await vi.waitFor(() => intruder.get(CONFIG_MAPS, { namespace: shop.namespace, name: 'web' }), SOON);

    await smoke.get(CONFIG_MAPS, { namespace: shop.namespace, name: 'web' });
    await smoke.get(SECRETS, { namespace: shop.namespace, name: 'web' });

    expect(tallyRules([...rulesOf(base), ...rulesOf(variables)], allowed())).toEqual({ unused: [], missing: [] });
    expect(await rejectionOf(intruder.list(SECRETS, { namespace: shop.namespace, select }))).toBeInstanceOf(ForbiddenError);
  });
});

function named(kind: string, namespace: string): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { namespace, name: 'web' } };
}

/** One that is soon done; none of a kind that the cluster does not know. */
function workloadOf(kind: RolloutKind): KubernetesObject | undefined {
  if (kind === 'Rollout') return undefined;
  const { group: apiGroup, version } = RESOURCES[kind];
  const labels = { app: 'other' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example.org/other:1' }] } };
  const job = { template: { spec: { ...template.spec, restartPolicy: 'Never' } } };
  const spec =
    kind === 'Job' ? job : { selector: { matchLabels: labels }, template, ...(kind === 'StatefulSet' && { serviceName: 'other' }) };
  return { apiVersion: `${apiGroup}/${version}`, kind, ...{ spec } };
}
