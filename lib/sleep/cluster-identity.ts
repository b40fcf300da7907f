import type { KubernetesClient, Resource } from '../kubernetes/client.ts';
import { KubernetesError } from '../kubernetes/errors.ts';

const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };

/** Made with the cluster and as old as it; nobody can make it anew. */
const OLDEST = 'kube-system';

/**
 * What tells one cluster from another of the same name: the UID of its namespace kube-system. Names come from contexts, and k3s calls each of
 * them `default`.
 * @returns undefined when the cluster does not say: who it lets sleep workloads need not be allowed to see that namespace
 */
export async function clusterIdentity(client: KubernetesClient, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await client.get(namespaces, { name: OLDEST }, { signal })).metadata?.uid;
  } catch (error) {
    if (error instanceof KubernetesError) return undefined;
    throw error;
  }
}
