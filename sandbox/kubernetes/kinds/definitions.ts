import type { ApiObject } from '../api-object.ts';
import type { FieldCause } from '../status.ts';
import { defaultHorizontalPodAutoscaler, defaultNamespace, defaultSecret, defaultService } from './default-other.ts';
import { defaultPod } from './default-pod.ts';
import {
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultReplicaSet,
  defaultStatefulSet,
} from './default-workload.ts';
import type { Kind } from './kind.ts';
import { validateData, validateDisruptionBudget, validateHorizontalPodAutoscaler, validateRoleBinding } from './validate-other.ts';
import { validatePod } from './validate-pod.ts';
import { validateCronJob, validateDeployment, validateJob, validateReplicaSet, validateStatefulSet } from './validate-workload.ts';

type Row = Pick<Kind, 'group' | 'version' | 'plural' | 'kind'> & Partial<Kind>;

const noDefaults = (): void => {};
const alwaysValid = (): FieldCause[] => [];

function define(row: Row): Kind {
  return {
    namespaced: true,
    singular: row.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    hasStatus: false,
    hasScale: false,
    generation: 'none',
    custom: false,
    nameRule: 'subdomain',
    maxNameLength: 253,
    propagation: 'Background',
    defaults: noDefaults,
    validate: alwaysValid,
    ...row,
    id: `${row.group}/${row.plural}`,
    apiVersion: row.group === '' ? row.version : `${row.group}/${row.version}`,
  };
}

const core = { group: '', version: 'v1' } as const;
const apps = { group: 'apps', version: 'v1', categories: ['all'], hasStatus: true } as const;
const batch = { group: 'batch', version: 'v1', categories: ['all'], hasStatus: true, generation: 'spec' } as const;
const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1', nameRule: 'path' } as const;

/** Every resource the sandbox serves. Another one is another row. */
export const KINDS: readonly Kind[] = (
  [
    {
      ...core,
      plural: 'namespaces',
      kind: 'Namespace',
      namespaced: false,
      shortNames: ['ns'],
      hasStatus: true,
      nameRule: 'label',
      maxNameLength: 63,
      defaults: defaultNamespace,
    },
    { ...core, plural: 'nodes', kind: 'Node', namespaced: false, shortNames: ['no'], hasStatus: true },
    {
      ...core,
      plural: 'pods',
      kind: 'Pod',
      shortNames: ['po'],
      categories: ['all'],
      hasStatus: true,
      generation: 'spec',
      defaults: defaultPod,
      validate: validatePod,
    },
    {
      ...core,
      plural: 'services',
      kind: 'Service',
      shortNames: ['svc'],
      categories: ['all'],
      hasStatus: true,
      nameRule: 'service',
      maxNameLength: 63,
      defaults: defaultService,
    },
    { ...core, plural: 'configmaps', kind: 'ConfigMap', shortNames: ['cm'], validate: validateData },
    { ...core, plural: 'secrets', kind: 'Secret', defaults: defaultSecret, validate: validateData },
    { ...core, plural: 'events', kind: 'Event', shortNames: ['ev'] },
    { ...core, plural: 'serviceaccounts', kind: 'ServiceAccount', shortNames: ['sa'] },
    {
      ...apps,
      plural: 'deployments',
      kind: 'Deployment',
      shortNames: ['deploy'],
      hasScale: true,
      generation: 'spec-and-annotations',
      defaults: defaultDeployment,
      validate: validateDeployment,
    },
    {
      ...apps,
      plural: 'statefulsets',
      kind: 'StatefulSet',
      shortNames: ['sts'],
      hasScale: true,
      generation: 'spec',
      defaults: defaultStatefulSet,
      validate: validateStatefulSet,
    },
    {
      ...apps,
      plural: 'replicasets',
      kind: 'ReplicaSet',
      shortNames: ['rs'],
      hasScale: true,
      generation: 'spec',
      defaults: defaultReplicaSet,
      validate: validateReplicaSet,
    },
    {
      ...apps,
      plural: 'daemonsets',
      kind: 'DaemonSet',
      shortNames: ['ds'],
      generation: 'spec',
      defaults: defaultDaemonSet,
      validate: validateReplicaSet,
    },
    { group: 'apps', version: 'v1', plural: 'controllerrevisions', kind: 'ControllerRevision' },
    { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', kind: 'EndpointSlice' },
    // A CronJob's name leaves 11 of a Job's 63 characters to the suffix of its run.
    {
      ...batch,
      plural: 'cronjobs',
      kind: 'CronJob',
      shortNames: ['cj'],
      maxNameLength: 52,
      defaults: defaultCronJob,
      validate: validateCronJob,
    },
    // Jobs of batch/v1 orphan their pods unless told otherwise, for the sake of clients from before garbage collection.
    { ...batch, plural: 'jobs', kind: 'Job', maxNameLength: 63, propagation: 'Orphan', defaults: defaultJob, validate: validateJob },
    {
      group: 'autoscaling',
      version: 'v2',
      plural: 'horizontalpodautoscalers',
      kind: 'HorizontalPodAutoscaler',
      shortNames: ['hpa'],
      categories: ['all'],
      hasStatus: true,
      defaults: defaultHorizontalPodAutoscaler,
      validate: validateHorizontalPodAutoscaler,
    },
    {
      group: 'policy',
      version: 'v1',
      plural: 'poddisruptionbudgets',
      kind: 'PodDisruptionBudget',
      shortNames: ['pdb'],
      hasStatus: true,
      generation: 'spec',
      validate: validateDisruptionBudget,
    },
    // Of KEDA's custom resources the one that says whose size is not for others to write.
    {
      group: 'keda.sh',
      version: 'v1alpha1',
      plural: 'scaledobjects',
      kind: 'ScaledObject',
      shortNames: ['so'],
      hasStatus: true,
      generation: 'spec',
      custom: true,
    },
    { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', kind: 'Lease' },
    { ...rbac, plural: 'roles', kind: 'Role' },
    { ...rbac, plural: 'rolebindings', kind: 'RoleBinding', validate: validateRoleBinding },
    { ...rbac, plural: 'clusterroles', kind: 'ClusterRole', namespaced: false },
    { ...rbac, plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', namespaced: false, validate: validateRoleBinding },
  ] satisfies Row[]
).map(define);

/** The kinds that a cluster with this content knows. */
export function servedKinds(holds: (kind: Kind) => boolean): readonly Kind[] {
  return KINDS.filter((kind) => !kind.custom || holds(kind));
}

export function kindOf(group: string, version: string, plural: string): Kind | undefined {
  return KINDS.find((kind) => kind.group === group && kind.version === version && kind.plural === plural);
}

/** By the object's own words: `apps/v1` and `Deployment`. */
export function kindNamed(apiVersion: string, name: string): Kind | undefined {
  return KINDS.find((kind) => kind.apiVersion === apiVersion && kind.kind === name);
}

/** A kind that the server cannot do without. */
export function builtin(plural: string): Kind {
  const kind = KINDS.find((candidate) => candidate.plural === plural);
  if (!kind) throw new Error(`the sandbox serves no ${plural}`);
  return kind;
}

export function kindOfObject(object: Pick<ApiObject, 'apiVersion' | 'kind'>): Kind | undefined {
  return kindNamed(object.apiVersion, object.kind);
}
