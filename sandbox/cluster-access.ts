import type { KubernetesObject, V1ClusterRole, V1ClusterRoleBinding } from '@kubernetes/client-node';

/** The group that an access entry gives to the function scale-dev-nightly in a cluster. */
export const SCALE_GROUP = 'nightshift:scale-dev-nightly';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

/** `infra/manifests/scale-dev-nightly.yaml` as objects, because the packaged CLI has no files beside it; a test holds the two equal. */
const role: V1ClusterRole = {
  apiVersion,
  kind: 'ClusterRole',
  metadata: { name: SCALE_GROUP },
  rules: [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['get', 'list', 'patch'] },
    { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['get', 'list', 'patch'] },
    { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: ['list'] },
    { apiGroups: [''], resources: ['events'], verbs: ['create'] },
  ],
};

const binding: V1ClusterRoleBinding = {
  apiVersion,
  kind: 'ClusterRoleBinding',
  metadata: { name: SCALE_GROUP },
  roleRef: { apiGroup, kind: 'ClusterRole', name: SCALE_GROUP },
  subjects: [{ apiGroup, kind: 'Group', name: SCALE_GROUP }],
};

/** What a cluster holds for the function scale-dev-nightly to work in it. */
export const clusterAccess: readonly KubernetesObject[] = [role, binding];
