import type { V1PodSpec } from '@kubernetes/client-node';
import { thousandthsOf, unitsOf } from './quantity.ts';

/** What one Pod asks a node for. */
export interface PodRequests {
  /** Thousandths of a vCPU. */
  readonly milliCpu: number;
  readonly memoryBytes: number;
}

/** A resource of the two, and how its quantities are read. */
type Resource = readonly [name: 'cpu' | 'memory', amountOf: (quantity: unknown) => number | undefined];

const CPU: Resource = ['cpu', thousandthsOf];
const MEMORY: Resource = ['memory', unitsOf];

/**
 * What Kubernetes reserves for a Pod of this template (`PodRequests` in k8s.io/component-helpers/resource): its containers and sidecars together, or its
 * hungriest init container where that is more, or what the Pod asks for as a whole; and the overhead of its runtime.
 * Total: manifests may hold anything, and what cannot be read counts as none.
 * @returns undefined for a Pod that asks for nothing
 */
export function podRequests(spec: V1PodSpec | undefined): PodRequests | undefined {
  const milliCpu = requested(spec, CPU);
  const memoryBytes = requested(spec, MEMORY);
  return milliCpu === 0 && memoryBytes === 0 ? undefined : { milliCpu, memoryBytes };
}

function requested(spec: V1PodSpec | undefined, resource: Resource): number {
  const asWhole = amountIn(spec?.resources?.requests, resource);
  return (asWhole ?? byContainers(spec, resource)) + (amountIn(spec?.overhead, resource) ?? 0);
}

/** An init container runs beside the sidecars that started before it (KEP-753). */
function byContainers(spec: V1PodSpec | undefined, resource: Resource): number {
  let sidecars = 0;
  let starting = 0;
  for (const container of containersIn(spec?.initContainers)) {
    const own = ofContainer(container, resource);
    if (container.restartPolicy === 'Always') sidecars += own;
    else starting = Math.max(starting, sidecars + own);
  }
  const running = containersIn(spec?.containers).reduce((sum, container) => sum + ofContainer(container, resource), sidecars);
  return Math.max(running, starting);
}

type Container = Partial<V1PodSpec['containers'][number]>;

/** A Pod whose container has a limit and no request gets the limit as its request; the template does not show it. */
function ofContainer({ resources }: Container, resource: Resource): number {
  return amountIn(resources?.requests, resource) ?? amountIn(resources?.limits, resource) ?? 0;
}

function containersIn(list: unknown): readonly Container[] {
  return Array.isArray(list) ? list.filter((container) => typeof container === 'object' && container !== null) : [];
}

/** @returns undefined when the list does not name the resource */
function amountIn(list: unknown, [name, amountOf]: Resource): number | undefined {
  if (typeof list !== 'object' || list === null) return undefined;
  const quantity = (list as Readonly<Record<string, unknown>>)[name] ?? undefined;
  return quantity === undefined ? undefined : (amountOf(quantity) ?? 0);
}
