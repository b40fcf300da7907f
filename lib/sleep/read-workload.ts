import type { KubernetesObject, V1OwnerReference } from '@kubernetes/client-node';
import { relevantAnnotations } from './annotations.ts';
import { adapterOf, type KindName } from './kinds/kinds.ts';
import type { NamespaceFacts, Workload } from './workload.ts';

/** Keeps of an object what decisions read. Timestamps come as text from the wire and from manifests. */
export function readWorkload(kind: KindName, object: KubernetesObject): Workload {
  const metadata = object.metadata ?? {};
  const owner = metadata.ownerReferences?.find((reference) => reference.controller || isStack(reference));
  return {
    kind,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    createdAt: readTime(metadata.creationTimestamp),
    annotations: relevantAnnotations(metadata.annotations),
    labels: metadata.labels ?? {},
    controller: owner && `${owner.kind}/${owner.name}`,
    deleting: metadata.deletionTimestamp !== undefined && metadata.deletionTimestamp !== null,
    size: adapterOf(kind).sizeOf(object),
    requests: adapterOf(kind).requestsOf(object),
  };
}

/** Zalando's StackSet controller writes the Deployments of its Stacks, and does not mark itself as their controller. */
function isStack({ apiVersion, kind }: V1OwnerReference): boolean {
  return kind === 'Stack' && String(apiVersion).startsWith('zalando.org/');
}

export function readNamespace(object: KubernetesObject): NamespaceFacts {
  return { name: object.metadata?.name ?? '', annotations: relevantAnnotations(object.metadata?.annotations) };
}

function readTime(value: unknown): number | undefined {
  const ms = Date.parse(String(value ?? ''));
  return Number.isNaN(ms) ? undefined : ms;
}
