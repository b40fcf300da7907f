import type { KubernetesObject } from '@kubernetes/client-node';
import { aCronJob, aDeployment, aStatefulSet } from '../workloads.ts';

/** Up by day whatever the policy says, so that a reconcile at night and one at noon differ. */
const annotations = { 'downscaler/uptime': 'Mon-Fri 07:00-19:00 Europe/Berlin' };
const namespace = 'shop';

/** What a cluster of the scenarios holds: one workload of each kind, awake or, with `size` 0, at nothing and with no record of what it was. */
export function sleepers(size?: 0): readonly KubernetesObject[] {
  const wish = { namespace, annotations, ...(size === 0 && { size }) };
  return [aDeployment(wish), aStatefulSet(wish), aCronJob(wish)];
}

/** Sizes of {@link sleepers}, in their order. */
export const AWAKE: readonly number[] = [3, 3, 1];
export const ASLEEP: readonly number[] = [0, 0, 0];
