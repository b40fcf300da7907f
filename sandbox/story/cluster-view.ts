import type { KubernetesObject } from '@kubernetes/client-node';
import { adapterOf, isKind, type KindName } from '../../lib/sleep/kinds/kinds.ts';

/** A workload as the story shows it. */
export interface Shown {
  readonly kind: KindName;
  readonly namespace: string;
  readonly name: string;
  readonly size: number;
}

export function isWorkload(object: KubernetesObject): object is KubernetesObject & { readonly kind: KindName } {
  return isKind(object.kind);
}

/** `namespace/Kind/name`: what the story calls a workload. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${metadata?.namespace}/${kind}/${metadata?.name}`;
}

export function workloadsOf(objects: readonly KubernetesObject[]): readonly Shown[] {
  return objects
    .filter(isWorkload)
    .map((object) => ({
      kind: object.kind,
      namespace: object.metadata?.namespace ?? '',
      name: object.metadata?.name ?? '',
      size: adapterOf(object.kind).sizeOf(object),
    }))
    .sort((a, b) => a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name));
}

export function runningPods(objects: readonly KubernetesObject[]): number {
  return objects.filter(({ kind, metadata }) => kind === 'Pod' && metadata?.deletionTimestamp === undefined).length;
}

/** One line per namespace: its workloads, and how many of them are up. */
export function namespaceLines(objects: readonly KubernetesObject[]): readonly string[] {
  const byNamespace = groupByNamespace(workloadsOf(objects));
  return [...byNamespace].map(([namespace, all]) => {
    const up = all.filter(({ size }) => size > 0).length;
    return `${namespace.padEnd(16)} ${String(all.length).padStart(2)} workloads, ${String(up).padStart(2)} up   ${all.map(({ size }) => (size > 0 ? '●' : '○')).join('')}`;
  });
}

function groupByNamespace(all: readonly Shown[]): Map<string, Shown[]> {
  const groups = new Map<string, Shown[]>();
  for (const each of all) groups.set(each.namespace, [...(groups.get(each.namespace) ?? []), each]);
  return groups;
}

/** Everything about the workloads that sleeping could have changed, and nothing that any write changes by itself. */
export function fingerprint(objects: readonly KubernetesObject[]): ReadonlyMap<string, string> {
  return new Map(
    objects.filter(isWorkload).map((object) => {
      const {
        resourceVersion: _version,
        managedFields: _fields,
        generation: _generation,
        ...metadata
      } = { generation: 0, ...object.metadata };
      const spec = 'spec' in object ? object.spec : undefined;
      return [nameOf(object), JSON.stringify({ metadata, spec })];
    }),
  );
}

/** Names of the workloads whose fingerprints differ. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
}
