import type { V1Pod } from '@kubernetes/client-node';
import { describe, it, vi } from 'vitest';
import type { KubernetesClient } from '../../../lib/kubernetes/client.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { deadlineIn } from '../../../lib/platform/deadline.ts';
import { kstatusCompat } from '../../../lib/rollout/kstatus/kstatus-compat.ts';
import { kubectlRolloutStatus } from '../../../lib/rollout/kubectl/kubectl-rollout-status.ts';
import { proveIdentity } from '../../../lib/rollout/live/identity.ts';
import { observeRollout } from '../../../lib/rollout/live/observe.ts';
import { DEPLOYMENTS, PODS } from '../kubernetes/resources.ts';
import { IMAGES, RolloutShop, service } from './shop.ts';

const digestOf = (image: string): string => image.slice(image.indexOf('@') + 1);
/** What a real controller takes beyond the grace; nothing waits for it. */
const SOON_MS = 10_000;

/** How rollouts end, on any cluster whose nodes treat the images of `shop.ts` as their names say. */
export function rolloutContract(clientOf: () => KubernetesClient): void {
  const open = (): Promise<RolloutShop> => RolloutShop.open(clientOf());

  describe('a rollout', { concurrent: true }, () => {
    it('that is good is done, the new image is proven, and the other tools say so as well', async ({ expect }) => {
      const shop = await open();
      await shop.create(service());
      await shop.deploy(IMAGES.first);
      await shop.wait();
      await shop.change({ containers: [{ name: 'web', image: IMAGES.second }] });
      const said: string[] = [];

      const result = await shop.wait({ image: IMAGES.second, onChange: ({ outcome }) => said.push(outcome) });
      const identity = await proveIdentity(shop.target, options(shop, IMAGES.second));
      const { observed } = await observeRollout(shop.client, shop.target, {
        signal: new AbortController().signal,
        needsEvents: () => true,
      });

      expect(result).toMatchObject({ status: 'done', pods: { total: 2, ready: 2 }, warnings: [] });
      expect(said.at(-1)).toBe('done');
      expect(identity).toMatchObject({ proven: true, reasons: [], services: ['web'], endpoints: 2 });
      expect(kstatusCompat(observed.object, Date.now())).toMatchObject({ status: 'Current' });
      expect(kubectlRolloutStatus(observed.object)).toMatchObject({ status: 'done' });
    });

    it('of an image that is not there fails after the grace, with the tag', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.first);
      await shop.wait();
      await shop.change({ containers: [{ name: 'web', image: IMAGES.missing }] });

      const result = await shop.wait();

      expect(result.status).toBe('failed');
      expect(result.reasons[0]).toMatchObject({ reason: expect.stringMatching(/^(ErrImagePull|ImagePullBackOff)$/), container: 'web' });
      expect(result.reasons[0]?.message).toContain(`tag not found (${IMAGES.missing}), container web`);
      expect(result.elapsedMs).toBeLessThan(SOON_MS);
    });

    it('that crashes fails, although the old pods still run', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.first);
      await shop.wait();
      await shop.change({ containers: [{ name: 'web', image: IMAGES.crash }] });

      const result = await shop.wait();
      const { observed } = await observeRollout(shop.client, shop.target, {
        signal: new AbortController().signal,
        needsEvents: () => true,
      });

      expect(result).toMatchObject({ status: 'failed', reasons: [{ reason: 'CrashLoopBackOff', container: 'web' }, {}] });
      expect(result.reasons[0]?.message).toContain('exited with code 1, 2 restarts, container web');
      expect(result.elapsedMs).toBeLessThan(SOON_MS);
      expect(kstatusCompat(observed.object, Date.now())).toMatchObject({ status: 'InProgress' });
      expect(kubectlRolloutStatus(observed.object)).toMatchObject({ status: 'wait' });
    });

    it('whose init container crashes fails, and names it', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.plain, { initContainers: [{ name: 'migrate', image: IMAGES.crashingInit }] });

      const result = await shop.wait();

      expect(result).toMatchObject({ status: 'failed', reasons: [{ reason: 'CrashLoopBackOff', container: 'migrate' }, {}] });
    });

    it('that no node takes fails after the grace, with what the scheduler says', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.first, { nodeSelector: { disk: 'quantum' } });

      const result = await shop.wait();

      expect(result).toMatchObject({ status: 'failed', reasons: [{ reason: 'Unschedulable' }, {}] });
      expect(result.reasons[0]?.message).toContain("didn't match Pod's node affinity/selector");
    });

    it('that is paused half-way is blocked, and no timeout', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.first);
      await shop.wait();
      const pause = { spec: { paused: true, template: { spec: { containers: [{ name: 'web', image: IMAGES.second }] } } } };
      await shop.client.patch(DEPLOYMENTS, shop.target, pause, { type: 'strategic' });

      const result = await shop.wait();

      expect(result).toMatchObject({ status: 'blocked', reasons: [{ reason: 'Paused' }] });
    });

    it('is not proven while somebody else answers behind its Service', async ({ expect }) => {
      const shop = await open();
      await shop.create(service());
      const leftover: V1Pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web-leftover', labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: IMAGES.first }] },
      };
      await shop.create(leftover);
      await shop.deploy(IMAGES.second);
      const rolledOut = await shop.wait();
      await vi.waitFor(async () => {
        const pod = await shop.client.get<V1Pod>(PODS, { namespace: shop.namespace, name: 'web-leftover' });
        expect(pod.status?.phase).toBe('Running');
      }, SOON_MS);

      const identity = await proveIdentity(shop.target, { ...options(shop, IMAGES.second), drainMs: 3_000 });

      expect(rolledOut.status).toBe('done');
      expect(identity).toMatchObject({ proven: false, reasons: [{ resource: 'Pod/web-leftover', reason: 'OldPodAnswers' }] });
    });

    it('is not proven when its pods run another image than was released', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.first);
      await shop.wait();

      const identity = await proveIdentity(shop.target, options(shop, IMAGES.second));

      expect(identity).toMatchObject({ proven: false, reasons: [{ reason: 'OtherImage', container: 'web' }, { reason: 'OtherImage' }] });
    });

    it('of an image that nobody deployed ends with the time, and says what runs instead', async ({ expect }) => {
      const shop = await open();
      await shop.deploy(IMAGES.first);

      const result = await shop.wait({ image: 'example.org/shop/web:never', deadline: deadlineIn(3_000, systemClock) });

      expect(result).toMatchObject({ status: 'timeout', reasons: [{ reason: 'OldTemplate' }] });
      expect(result.reasons[0]?.message).toContain(IMAGES.first);
    });
  });
}

function options(shop: RolloutShop, image: string): Parameters<typeof proveIdentity>[1] {
  const deadline = deadlineIn(20_000, systemClock);
  return { client: shop.client, clock: systemClock, deadline, expected: [{ digests: [digestOf(image)] }] };
}
