import type { V1Pod } from '@kubernetes/client-node';
import { prefix } from './annotations.ts';

/** `namespace/name` of a Pod that asks for everything to stay up, as py-kube-downscaler reads it; finished Pods no longer ask. */
export function podForcesUptime(pod: V1Pod): string | undefined {
  const asks = pod.metadata?.annotations?.[`${prefix}force-uptime`]?.toLowerCase() === 'true';
  const finished = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return asks && !finished ? `${pod.metadata?.namespace ?? 'default'}/${pod.metadata?.name}` : undefined;
}
