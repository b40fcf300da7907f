import type { KubernetesObject, V1UserInfo } from '@kubernetes/client-node';
import type { CallOptions, KubernetesClient, Resource } from './client.ts';
import { ForbiddenError, InvalidRequestError, NotFoundError } from './errors.ts';

/** Whom a cluster takes the caller for; or why it cannot say. */
export type ClusterUser =
  | { readonly known: true; readonly user: string; readonly groups: readonly string[] }
  | { readonly known: false; readonly reason: string };

const reviews: Resource = {
  group: 'authentication.k8s.io',
  version: 'v1',
  plural: 'selfsubjectreviews',
  kind: 'SelfSubjectReview',
  namespaced: false,
};

interface SelfSubjectReview extends KubernetesObject {
  readonly status?: { readonly userInfo?: V1UserInfo };
}

/**
 * Asks the cluster by a SelfSubjectReview, which is in Kubernetes since 1.28 and open to every identity that it knows.
 * @throws UnauthorizedError for one that it does not know, or what else the way to the cluster ends with
 */
export async function clusterUser(client: KubernetesClient, options: CallOptions = {}): Promise<ClusterUser> {
  // The server reads nothing of it.
  const question: SelfSubjectReview = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: { name: 'self' } };
  try {
    const { username, groups } = (await client.create(reviews, question, options)).status?.userInfo ?? {};
    if (username === undefined) return { known: false, reason: 'its answer names nobody' };
    return { known: true, user: username, groups: groups ?? [] };
  } catch (error) {
    if (error instanceof NotFoundError)
      return { known: false, reason: 'it is older than Kubernetes 1.28, or does not serve SelfSubjectReview' };
    if (error instanceof ForbiddenError) return { known: false, reason: 'it does not let this identity ask (SelfSubjectReview)' };
    if (error instanceof InvalidRequestError) return { known: false, reason: 'it refuses the question (SelfSubjectReview)' };
    throw error;
  }
}
