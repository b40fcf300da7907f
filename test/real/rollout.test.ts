import { join } from 'node:path';
import type { V1ResourceQuota } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '../../lib/kubernetes/client.ts';
import { clientsOf } from '../contract/kubernetes/clients.ts';
import { rolloutContract } from '../contract/rollout/rollouts.contract.ts';
import { IMAGES, RolloutShop } from '../contract/rollout/shop.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { hasControlPlane } from '../support/real-parts.ts';

const QUOTAS: Resource = { group: '', version: 'v1', plural: 'resourcequotas', kind: 'ResourceQuota', namespaced: true };
const stages = [join(import.meta.dirname, '../support/control-plane/rollout-stages.yaml')];

describe.runIf(hasControlPlane())('a real control plane', () => {
  let plane: ControlPlane;
  let clients: ReturnType<typeof clientsOf>;

  beforeAll(async () => {
    plane = await startControlPlane({ controllers: true, nodes: true, stages });
    clients = clientsOf(plane, { admin: plane.adminToken, limited: plane.limitedToken, stranger: 'nobody' });
  });
  afterAll(async () => {
    clients?.close();
    await plane?.stop();
  });

  rolloutContract(() => clients.client());

  it('refuses the pods that a quota does not allow, and the rollout fails at once with its words', async () => {
    const shop = await RolloutShop.open(clients.client());
    const quota: V1ResourceQuota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { namespace: shop.namespace, name: 'small' },
      spec: { hard: { pods: '1' } },
    };
    await shop.client.create(QUOTAS, quota);
    await shop.deploy(IMAGES.first);

    const result = await shop.wait();

    expect(result).toMatchObject({ status: 'failed', reasons: [{ reason: 'FailedCreate' }] });
    expect(result.reasons[0]?.message).toContain('exceeded quota: small');
    expect(result.elapsedMs).toBeLessThan(10_000);
  });
});
