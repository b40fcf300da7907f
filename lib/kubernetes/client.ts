import type { KubernetesObject } from '@kubernetes/client-node';

/** Where objects of a kind live in the API: `/apis/{group}/{version}/namespaces/{ns}/{plural}`; the core group is ''. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export interface ObjectName {
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string;
  readonly name: string;
}

export interface ListOptions<T, R> {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Objects per page; 500 unless told. */
  readonly pageSize?: number;
  /** Keeps what is needed of each object, so that a page can be freed before the next is read; `undefined` drops the object. */
  readonly select: (object: T) => R | undefined;
  readonly signal?: AbortSignal;
}

/** Content types of PATCH, RFC 6902, RFC 7386, Kubernetes strategic merge and server-side apply. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** How much of an object an answer holds: all of it, or no more than a PartialObjectMetadata, which spares server and wire half of it. */
export type AnswerForm = 'object' | 'metadata';

export interface PatchOptions {
  readonly type: PatchType;
  /** Owner of the written fields in managedFields; `nightshift` unless told. */
  readonly fieldManager?: string;
  /** Server-side apply only: take over fields that another manager owns. */
  readonly force?: boolean;
  /** The whole object unless told. */
  readonly answer?: AnswerForm;
  readonly signal?: AbortSignal;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * What Nightshift asks of a Kubernetes API server. Implemented by `createKubernetesClient` over the keep-alive transport; the contract suite runs it
 * against the sandbox and a real control plane.
 * All methods throw the typed errors of `errors.ts`; 429 and, for safe or guarded calls, 5xx and network errors have been retried before that.
 */
export interface KubernetesClient {
  /** The cluster's name in reports and logs. */
  readonly cluster: string;
  /** All pages; a 410 restarts the list once from its beginning. */
  list<T extends KubernetesObject, R>(resource: Resource, options: ListOptions<T, R>): Promise<R[]>;
  get<T extends KubernetesObject>(resource: Resource, name: ObjectName, options?: CallOptions): Promise<T>;
  create<T extends KubernetesObject>(resource: Resource, object: T, options?: CallOptions): Promise<T>;
  replace<T extends KubernetesObject>(resource: Resource, object: T, options?: CallOptions): Promise<T>;
  /** A resourceVersion in the body makes the write conditional (409 when the object has moved on). */
  patch<T extends KubernetesObject>(resource: Resource, name: ObjectName, body: unknown, options: PatchOptions): Promise<T>;
  delete(resource: Resource, name: ObjectName, options?: CallOptions): Promise<void>;
  /** Closes idle connections. */
  close(): void;
}
