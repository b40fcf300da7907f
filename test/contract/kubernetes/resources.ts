import type { Resource } from '../../../lib/kubernetes/client.ts';

function resource(group: string, version: string, plural: string, kind: string, namespaced = true): Resource {
  return { group, version, plural, kind, namespaced };
}

export const NAMESPACES = resource('', 'v1', 'namespaces', 'Namespace', false);
export const NODES = resource('', 'v1', 'nodes', 'Node', false);
export const CONFIG_MAPS = resource('', 'v1', 'configmaps', 'ConfigMap');
export const PODS = resource('', 'v1', 'pods', 'Pod');
export const EVENTS = resource('', 'v1', 'events', 'Event');
export const DEPLOYMENTS = resource('apps', 'v1', 'deployments', 'Deployment');
export const STATEFUL_SETS = resource('apps', 'v1', 'statefulsets', 'StatefulSet');
export const DAEMON_SETS = resource('apps', 'v1', 'daemonsets', 'DaemonSet');
export const REPLICA_SETS = resource('apps', 'v1', 'replicasets', 'ReplicaSet');
export const CRON_JOBS = resource('batch', 'v1', 'cronjobs', 'CronJob');
export const JOBS = resource('batch', 'v1', 'jobs', 'Job');
export const AUTOSCALERS = resource('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler');
export const DISRUPTION_BUDGETS = resource('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget');
export const ROLES = resource('rbac.authorization.k8s.io', 'v1', 'roles', 'Role');
export const ROLE_BINDINGS = resource('rbac.authorization.k8s.io', 'v1', 'rolebindings', 'RoleBinding');
export const CLUSTER_ROLES = resource('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', false);
export const CLUSTER_ROLE_BINDINGS = resource('rbac.authorization.k8s.io', 'v1', 'clusterrolebindings', 'ClusterRoleBinding', false);
/** Of an operator that the contract's clusters have not installed. */
export const SCALED_OBJECTS = resource('keda.sh', 'v1alpha1', 'scaledobjects', 'ScaledObject');

/** `/apis/apps/v1/namespaces/dev/deployments/web`, for bare requests. */
export function pathOf(of: Resource, namespace?: string, name?: string): string {
  const root = of.group === '' ? `/api/${of.version}` : `/apis/${of.group}/${of.version}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${of.plural}${name === undefined ? '' : `/${name}`}`;
}
