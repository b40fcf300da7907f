import type { KubernetesObject, V1ClusterRole, V1ClusterRoleBinding } from '@kubernetes/client-node';

/** The group that an access entry gives to the function scale-dev-nightly in a cluster. */
export const SCALE_GROUP = 'nightshift:scale-dev-nightly';
/** The same for post-deploy-smoke. */
export const SMOKE_GROUP = 'nightshift:post-deploy-smoke';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

type Rules = NonNullable<V1ClusterRole['rules']>;

const scaleRules: Rules = [
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['get', 'list', 'patch'] },
  { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['get', 'list', 'patch'] },
  { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: ['list'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create'] },
];

const smokeRules: Rules = [
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'], verbs: ['get'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] },
  { apiGroups: ['argoproj.io'], resources: ['rollouts'], verbs: ['get'] },
  { apiGroups: ['apps'], resources: ['replicasets', 'controllerrevisions'], verbs: ['list'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  { apiGroups: [''], resources: ['events'], verbs: ['list'] },
  { apiGroups: [''], resources: ['services'], verbs: ['list'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list'] },
];

/** A manifest of `infra/manifests` as objects, because the packaged CLI has no files beside it; a test holds the two equal. */
function accessOf(group: string, rules: Rules): readonly [V1ClusterRole, V1ClusterRoleBinding] {
  return [
    { apiVersion, kind: 'ClusterRole', metadata: { name: group }, rules },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name: group },
      roleRef: { apiGroup, kind: 'ClusterRole', name: group },
      subjects: [{ apiGroup, kind: 'Group', name: group }],
    },
  ];
}

/** What a cluster holds for the function scale-dev-nightly to work in it. */
export const scaleAccess: readonly KubernetesObject[] = accessOf(SCALE_GROUP, scaleRules);

/** The same for post-deploy-smoke, which reads and changes nothing. */
export const smokeAccess: readonly KubernetesObject[] = accessOf(SMOKE_GROUP, smokeRules);
