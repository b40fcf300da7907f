import type { V1PolicyRule } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../../../lib/kubernetes/client.ts';
import type { CountingKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';

export interface Acting {
  /** Does what the rules cover. */
  readonly actor: CountingKubernetesClient;
  /** Does the rest: it fills the cluster, and looks where the actor may not. */
  readonly admin: KubernetesClient;
  readonly rules: readonly V1PolicyRule[];
}

/** A client for suites that both arrange and act: whatever a role grants goes out as its holder, all else as the administrator. */
export function actingClient({ actor, admin, rules }: Acting): CountingKubernetesClient {
  const as = (verb: string, { group, plural }: Resource): KubernetesClient =>
    rules.some(({ apiGroups, resources, verbs }) => apiGroups?.includes(group) && resources?.includes(plural) && verbs.includes(verb))
      ? actor
      : admin;
  return {
    cluster: actor.cluster,
    get stats() {
      return actor.stats;
    },
    list: (resource, options) => as('list', resource).list(resource, options),
    get: (resource, name, options) => as('get', resource).get(resource, name, options),
    create: (resource, object, options) => as('create', resource).create(resource, object, options),
    replace: (resource, object, options) => as('update', resource).replace(resource, object, options),
    patch: (resource, name, body, options) => as('patch', resource).patch(resource, name, body, options),
    delete: (resource, name, options) => as('delete', resource).delete(resource, name, options),
    close: () => {
      actor.close();
      admin.close();
    },
  };
}
