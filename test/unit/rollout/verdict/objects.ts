import type { KubernetesObject } from '@kubernetes/client-node';

type Part = Readonly<Record<string, unknown>>;

/** The moment at which the tests look. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** ISO 8601, so many seconds before the tests look. */
export function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString();
}

/** Counts as the field writes them down: replicas, updated, ready, available, current; `o` and `g` are the generations. */
export interface Counts {
  readonly g?: number;
  readonly o?: number | string;
  readonly spec?: number;
  readonly rep?: number;
  readonly upd?: number;
  readonly rdy?: number;
  readonly avl?: number;
  readonly cur?: number;
}

export interface Workload {
  readonly counts?: Counts;
  readonly spec?: Part;
  readonly status?: Part;
  readonly metadata?: Part;
}

export type TestObject = KubernetesObject & { readonly spec?: Part; readonly status?: Part };

function workload(kind: string, { counts = {}, spec, status, metadata }: Workload): TestObject {
  const { g = 1, o = 1, rep, upd, rdy, avl, cur } = counts;
  const numbers = { replicas: rep, updatedReplicas: upd, readyReplicas: rdy, availableReplicas: avl, currentReplicas: cur };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { namespace: 'shop', name: 'web', uid: 'web-uid', generation: g, ...metadata },
    spec: { ...('spec' in counts && { replicas: counts.spec }), ...spec },
    status: { observedGeneration: o, ...defined(numbers), ...status },
  } as TestObject;
}

export const deployment = (wish: Workload = {}): TestObject => workload('Deployment', wish);
export const replicaSet = (wish: Workload = {}): TestObject => workload('ReplicaSet', wish);
export const statefulSet = (wish: Workload = {}): TestObject => workload('StatefulSet', wish);

export function daemonSet(numbers: Part, { spec, metadata }: Workload = {}): TestObject {
  return workload('DaemonSet', { ...(spec && { spec }), ...(metadata && { metadata }), status: numbers });
}

/** `Type=Status Reason`, the reason optional. */
export function conditions(...texts: readonly string[]): { readonly conditions: readonly Part[] } {
  return {
    conditions: texts.map((text) => {
      const [, type, status, reason] = /^(\w+)=(\w+)(?: (\w+))?$/.exec(text) ?? [];
      return { type, status, ...(reason && { reason, message: `message of ${reason}` }) };
    }),
  };
}

export interface PodWish {
  readonly name?: string;
  readonly phase?: string;
  readonly ready?: boolean;
  /** Seconds since it was made. */
  readonly age?: number;
  readonly labels?: Part;
  readonly metadata?: Part;
  readonly spec?: Part;
  readonly status?: Part;
  /** Of the container `web`. */
  readonly main?: Part;
  /** Of the init container `migrate`. */
  readonly init?: Part;
}

export function pod({ name = 'web-1', phase = 'Running', ready = phase === 'Running', age = 60, ...wish }: PodWish = {}): TestObject {
  const running = { name: 'web', ready, restartCount: 0, started: true, state: { running: { startedAt: ago(age) } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, uid: `${name}-uid`, creationTimestamp: ago(age), labels: wish.labels ?? {}, ...wish.metadata },
    spec: {
      nodeName: 'node-1',
      ...(wish.init && { initContainers: [{ name: 'migrate', image: 'example.org/shop/migrate:9' }] }),
      containers: [{ name: 'web', image: 'example.org/shop/web:9', resources: { limits: { memory: '128Mi' } } }],
      ...wish.spec,
    },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      ...(wish.init && { initContainerStatuses: [{ name: 'migrate', ...wish.init }] }),
      containerStatuses: [wish.main ? { ...running, state: {}, ...wish.main } : running],
      ...wish.status,
    },
  } as unknown as TestObject;
}

/** A container that waits for this reason. */
export function waitsFor(reason: string, message?: string): Part {
  return { ready: false, state: { waiting: { reason, ...(message !== undefined && { message }) } } };
}

export function event(on: KubernetesObject, reason: string, message: string, seconds = 5): Part {
  return {
    involvedObject: { kind: on.kind, name: on.metadata?.name, uid: on.metadata?.uid },
    reason,
    message,
    lastTimestamp: ago(seconds),
  };
}

function defined(fields: Part): Part {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
