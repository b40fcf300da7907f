import type { Resource } from '../../kubernetes/client.ts';
import { ROLLOUT_KINDS, type RolloutKind } from '../kinds.ts';

/** The workload whose rollout is waited for. */
export interface RolloutTarget {
  readonly kind: RolloutKind;
  readonly namespace: string;
  readonly name: string;
}

const apps = { group: 'apps', version: 'v1', namespaced: true } as const;

export const RESOURCES: Readonly<Record<RolloutKind, Resource>> = {
  Deployment: { ...apps, plural: 'deployments', kind: 'Deployment' },
  StatefulSet: { ...apps, plural: 'statefulsets', kind: 'StatefulSet' },
  DaemonSet: { ...apps, plural: 'daemonsets', kind: 'DaemonSet' },
  Job: { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job', namespaced: true },
  Rollout: { group: 'argoproj.io', version: 'v1alpha1', plural: 'rollouts', kind: 'Rollout', namespaced: true },
};

export const REPLICA_SETS: Resource = { ...apps, plural: 'replicasets', kind: 'ReplicaSet' };
export const CONTROLLER_REVISIONS: Resource = { ...apps, plural: 'controllerrevisions', kind: 'ControllerRevision' };
export const PODS: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };
export const EVENTS: Resource = { group: '', version: 'v1', plural: 'events', kind: 'Event', namespaced: true };
export const SERVICES: Resource = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true };
export const ENDPOINT_SLICES: Resource = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};

const SHORT_NAMES: Readonly<Record<string, RolloutKind>> = { deploy: 'Deployment', sts: 'StatefulSet', ds: 'DaemonSet', ro: 'Rollout' };

/** A kind as people type it: `deploy`, `deployment`, `deployments`, `Deployment`, `deployments.apps`. */
export function kindNamed(word: string): RolloutKind | undefined {
  const [name = '', ...group] = word.toLowerCase().split('.');
  const kind =
    (Object.hasOwn(SHORT_NAMES, name) && SHORT_NAMES[name]) ||
    ROLLOUT_KINDS.find((each) => [each.toLowerCase(), RESOURCES[each].plural].includes(name));
  if (kind === undefined) return undefined;
  const { group: own, version } = RESOURCES[kind];
  return group.length === 0 || [own, `${version}.${own}`].includes(group.join('.')) ? kind : undefined;
}
