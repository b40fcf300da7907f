import type { KubernetesObject } from '@kubernetes/client-node';
import { BadInputError } from '../platform/errors.ts';
import { textReader } from './body-reader.ts';
import type { Call, Verb } from './call.ts';
import type { AnswerForm, CallOptions, KubernetesClient, ListOptions, ObjectName, PatchOptions, Resource } from './client.ts';
import { listPages } from './list-pages.ts';
import { OBJECT_LIMIT_BYTES, objectReader } from './object-reader.ts';
import { isRepeatable, PATCH_CONTENT_TYPE } from './patch-types.ts';
import { resourcePath } from './resource-path.ts';
import { createTransport, type TransportOptions } from './transport.ts';
import type { TransportStats } from './transport-stats.ts';

const FIELD_MANAGER = 'nightshift';

export interface KubernetesClientOptions extends TransportOptions {
  /** The cluster's name in reports, errors and logs. */
  readonly cluster: string;
}

export interface CountingKubernetesClient extends KubernetesClient {
  /** A snapshot of what was sent and received so far. */
  readonly stats: TransportStats;
}

/**
 * A {@link KubernetesClient} over one keep-alive transport; nothing is sent before the first call.
 * @example
 * const client = createKubernetesClient({ cluster: 'dev', connection, clock: systemClock });
 * const names = await client.list(deployments, { namespace: 'dev', select: (d) => d.metadata?.name });
 */
export function createKubernetesClient(options: KubernetesClientOptions): CountingKubernetesClient {
  const { cluster } = options;
  const transport = createTransport(options);

  const write = <T>(target: Target, body: unknown, { fieldManager = FIELD_MANAGER, force, ...how }: WriteOptions): Promise<T> => {
    // A new object is posted to its collection.
    const at = target.verb === 'create' ? { ...target, name: undefined } : target;
    const path = resourcePath(target.resource, at, { fieldManager, force });
    return transport.send<T>({ ...how, call: callOf(cluster, target), path, body: JSON.stringify(body), reader: () => objectReader() });
  };

  return {
    cluster,
    get stats() {
      return transport.stats;
    },
    close: () => transport.close(),
    list: <T extends KubernetesObject, R>(resource: Resource, { namespace, ...options }: ListOptions<T, R>): Promise<R[]> =>
      listPages(transport, callOf(cluster, { verb: 'list', resource, namespace }), options),
    async get<T extends KubernetesObject>(resource: Resource, name: ObjectName, { signal }: CallOptions = {}): Promise<T> {
      const call = callOf(cluster, { verb: 'get', resource, ...name });
      const path = resourcePath(resource, name);
      return transport.send<T>({ call, method: 'GET', path, repeatable: true, reader: () => objectReader(), signal });
    },
    async create<T extends KubernetesObject>(resource: Resource, object: T, { signal }: CallOptions = {}): Promise<T> {
      const target: Target = { verb: 'create', resource, ...nameOf(object) };
      return write(target, object, { method: 'POST', repeatable: false, signal });
    },
    async replace<T extends KubernetesObject>(resource: Resource, object: T, { signal }: CallOptions = {}): Promise<T> {
      const target: Target = { verb: 'update', resource, ...nameOf(object) };
      return write(target, object, { method: 'PUT', repeatable: object.metadata?.resourceVersion !== undefined, signal });
    },
    async patch<T extends KubernetesObject>(
      resource: Resource,
      name: ObjectName,
      body: unknown,
      { type, ...options }: PatchOptions,
    ): Promise<T> {
      const contentType = PATCH_CONTENT_TYPE[type];
      return write({ verb: 'patch', resource, ...name }, body, {
        ...options,
        method: 'PATCH',
        contentType,
        repeatable: isRepeatable(type, body),
      });
    },
    async delete(resource, name, { signal } = {}) {
      const call = callOf(cluster, { verb: 'delete', resource, ...name });
      const path = resourcePath(resource, name);
      // The answer is the object, or a Status; neither is needed.
      await transport.send({ call, method: 'DELETE', path, repeatable: false, reader: () => textReader(OBJECT_LIMIT_BYTES), signal });
    },
  };
}

interface Target {
  readonly verb: Verb;
  readonly resource: Resource;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

interface WriteOptions {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly contentType?: string;
  readonly repeatable: boolean;
  readonly fieldManager?: string;
  readonly force?: boolean;
  readonly answer?: AnswerForm;
  readonly signal?: AbortSignal | undefined;
}

function callOf(cluster: string, { verb, resource, namespace, name }: Target): Call {
  return { cluster, verb, resource, ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) };
}

function nameOf(object: KubernetesObject): ObjectName {
  const { name, namespace } = object.metadata ?? {};
  if (name === undefined) {
    throw new BadInputError('cannot write a Kubernetes object: it has no metadata.name', { hint: 'give it a name; nothing was sent' });
  }
  return { name, ...(namespace !== undefined && { namespace }) };
}
