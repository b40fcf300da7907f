import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient, ListOptions, ObjectName, Resource } from '../../lib/kubernetes/client.ts';
import { ConflictError, NotFoundError, ServerError } from '../../lib/kubernetes/errors.ts';
import type { Json } from '../../lib/manifests/json.ts';
import { applyMergePatch } from '../../lib/manifests/patch/merge-patch.ts';
import { CallFaults } from './model-faults.ts';

export type ModelObject = KubernetesObject & { readonly spec?: Readonly<Record<string, unknown>> };

/** A write of a run that took effect. */
export interface ModelWrite {
  readonly key: string;
  readonly before: ModelObject | undefined;
  readonly after: ModelObject;
}

/**
 * An API server in memory, as far as sleeping needs it: resourceVersions, generations, merge patches, conflicts, defaults of the kinds that
 * sleep. Objects are never changed in place, so a snapshot is a reference. People use the methods, runs use a `client`.
 */
export class ModelCluster {
  readonly #objects = new Map<string, ModelObject>();
  #version = 0;
  readonly name: string;

  constructor(name = 'dev-cluster') {
    this.name = name;
  }

  /** Creates, with what the API server adds. */
  add(object: KubernetesObject): string {
    const key = keyOf(object.kind ?? '', object.metadata ?? {});
    const uid = `uid-${this.#version + 1}`;
    this.#objects.set(key, this.#stored({ ...object, metadata: { ...object.metadata, uid } }, undefined));
    return key;
  }

  /** What a person does with kubectl edit: a merge patch without a guard. */
  edit(key: string, patch: Readonly<Record<string, unknown>>): void {
    const before = this.#objects.get(key);
    if (before) this.#objects.set(key, this.#stored(applyMergePatch(before as Json, patch as Json) as ModelObject, before));
  }

  remove(key: string): void {
    this.#objects.delete(key);
  }

  get(key: string): ModelObject | undefined {
    return this.#objects.get(key);
  }

  entries(): readonly (readonly [string, ModelObject])[] {
    return [...this.#objects].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  client(faults: CallFaults = new CallFaults(), onWrite: (write: ModelWrite) => void = () => {}): KubernetesClient {
    const cluster = this.name;
    const refusal = (): Error => new ServerError('cannot do it: the server is in trouble', { cluster, status: 500 });
    const conflict = (): never => {
      throw new ConflictError('cannot write: the object has been modified (409)', { cluster, status: 409 });
    };
    const missing = (): never => {
      throw new NotFoundError('cannot do it: not found (404)', { cluster, status: 404 });
    };
    const find = (key: string): ModelObject => this.#objects.get(key) ?? missing();
    const write = (key: string, before: ModelObject | undefined, next: ModelObject): ModelObject => {
      const after = this.#stored(next, before);
      this.#objects.set(key, after);
      onWrite({ key, before, after });
      return after;
    };
    const patch = (key: string, body: unknown): ModelObject => {
      const before = find(key);
      const guard = (body as ModelObject).metadata?.resourceVersion;
      if (guard !== undefined && guard !== before.metadata?.resourceVersion) conflict();
      return write(key, before, applyMergePatch(before as Json, body as Json) as ModelObject);
    };
    const create = (object: KubernetesObject): ModelObject => {
      const key = keyOf(object.kind ?? '', object.metadata ?? {});
      if (this.#objects.has(key)) conflict();
      return write(key, undefined, object as ModelObject);
    };
    return {
      cluster,
      close() {},
      list: <T extends KubernetesObject, R>(resource: Resource, { namespace, select }: ListOptions<T, R>): Promise<R[]> => {
        const all = (): R[] => {
          const prefix = `${resource.kind}/${namespace === undefined ? '' : `${namespace}/`}`;
          return this.entries().flatMap(([key, object]) => (key.startsWith(prefix) ? (select(object as unknown as T) ?? []) : []));
        };
        return faults.around(all, { refusal, repeated: all });
      },
      get: <T extends KubernetesObject>(resource: Resource, name: ObjectName): Promise<T> => {
        const read = (): T => find(keyOf(resource.kind, name)) as unknown as T;
        return faults.around(read, { refusal, repeated: read });
      },
      create: <T extends KubernetesObject>(_: Resource, object: T): Promise<T> =>
        faults.around(() => create(object) as unknown as T, { refusal, repeated: conflict }),
      patch: <T extends KubernetesObject>(resource: Resource, name: ObjectName, body: unknown): Promise<T> =>
        faults.around(() => patch(keyOf(resource.kind, name), body) as unknown as T, { refusal, repeated: conflict }),
      replace: () => Promise.reject(new Error('the model does not replace')),
      delete: () => Promise.reject(new Error('the model does not delete')),
    };
  }

  /** Versions, generations and defaults, as the API server writes them. */
  #stored(next: ModelObject, before: ModelObject | undefined): ModelObject {
    this.#version += 1;
    const { annotations, ...metadata } = next.metadata ?? {};
    const spec = withDefaults(next);
    const generation = (before?.metadata?.generation ?? 0) + (JSON.stringify(spec) === JSON.stringify(before?.spec) ? 0 : 1);
    const kept = annotations && Object.keys(annotations).length > 0 ? { annotations } : {};
    return { ...next, metadata: { ...metadata, ...kept, resourceVersion: String(this.#version), generation }, ...(spec && { spec }) };
  }
}

/** `Deployment/namespace/name`. */
export function keyOf(kind: string, { namespace, name }: { readonly namespace?: string; readonly name?: string }): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

function withDefaults({ kind, spec }: ModelObject): ModelObject['spec'] {
  if (kind === 'CronJob') return { ...spec, suspend: spec?.suspend ?? false };
  if (kind === 'Deployment' || kind === 'StatefulSet') return { ...spec, replicas: spec?.replicas ?? 1 };
  return spec;
}
