import { type ApiObject, copyOf } from '../api-object.ts';
import { at, equal, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { createObject } from '../verbs/create.ts';
import { updateObject } from '../verbs/update.ts';
import type { World } from '../verbs/world.ts';
import { CONTROLLER_MANAGER, type Controller, living, ownedOfKind, ownerReference } from './controller.ts';
import { isReady } from './pod-template.ts';

/** One slice per Service with a selector: an address for each pod that it selects and that has one. */
export const endpointSliceController: Controller = {
  name: 'endpointslice',
  concerns({ kind, object }, world) {
    if (kind.id === '/services') return object.metadata.uid ? [object.metadata.uid] : [];
    if (kind.id !== '/pods') return [];
    return world.store.list(builtin('services'), object.metadata.namespace).flatMap(({ metadata }) => metadata.uid ?? []);
  },
  reconcile(world, uid) {
    const service = living(world, 'services', uid);
    const selector = Object.entries(objectAt(service, 'spec', 'selector') ?? {});
    if (!service || selector.length === 0) return;
    const pods = world.store
      .list(builtin('pods'), service.metadata.namespace)
      .filter((pod) => selector.every(([key, value]) => pod.metadata.labels?.[key] === value) && isReachable(pod));
    const content = { addressType: 'IPv4', endpoints: pods.map(endpoint), ports: ports(service) };
    const [slice] = ownedOfKind(world, service, 'endpointslices');
    if (!slice) create(world, service, content);
    else if (!equal(at(slice, 'endpoints'), content.endpoints) || !equal(at(slice, 'ports'), content.ports)) {
      updateObject(world, builtin('endpointslices'), slice, { ...copyOf(slice), ...content }, CONTROLLER_MANAGER);
    }
  },
};

function isReachable(pod: ApiObject): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return textAt(pod, 'status', 'podIP') !== undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

function create(world: World, service: ApiObject, content: JsonObject): void {
  const { name, namespace } = service.metadata;
  const metadata = {
    generateName: `${name}-`,
    labels: { 'kubernetes.io/service-name': name, 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' },
    ownerReferences: [ownerReference(service)],
  };
  createObject(world, builtin('endpointslices'), namespace, { metadata, ...content }, CONTROLLER_MANAGER);
}

function endpoint(pod: ApiObject): JsonObject {
  const { name, namespace = '', uid = '', deletionTimestamp } = pod.metadata;
  const serving = isReady(pod);
  const terminating = deletionTimestamp !== undefined;
  return {
    addresses: [textAt(pod, 'status', 'podIP') ?? ''],
    conditions: { ready: serving && !terminating, serving, terminating },
    nodeName: textAt(pod, 'spec', 'nodeName') ?? '',
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}

function ports(service: ApiObject): JsonObject[] {
  return listAt(service, 'spec', 'ports').map((port) => {
    const target = at(port, 'targetPort');
    const number = typeof target === 'number' ? target : at(port, 'port');
    return { name: textAt(port, 'name') ?? '', protocol: textAt(port, 'protocol') ?? 'TCP', ...(number !== undefined && { port: number }) };
  });
}
