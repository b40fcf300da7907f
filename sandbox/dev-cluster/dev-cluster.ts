import type { KubernetesObject } from '@kubernetes/client-node';
import { data } from './data.ts';
import { payments } from './payments.ts';
import { platformTools } from './platform-tools.ts';
import { shop } from './shop.ts';

/**
 * A development cluster as teams have them: 26 workloads in four namespaces, with the schedules, exceptions and mistakes that a night has to cope with.
 * Namespaces come first; every call gives a copy of its own.
 */
export function devCluster(): KubernetesObject[] {
  const objects = structuredClone([...shop, ...payments, ...data, ...platformTools]);
  return objects.sort((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
}
