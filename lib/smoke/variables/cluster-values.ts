import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../../kubernetes/client.ts';
import { BadInputError } from '../../platform/errors.ts';
import type { VariableSource } from '../suite/suite.ts';

type ClusterSource = Extract<VariableSource, { kind: 'configMap' | 'secret' }>;

interface DataObject extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>> | null;
  /** Of a ConfigMap, in base64. */
  readonly binaryData?: Readonly<Record<string, string>> | null;
}

const RESOURCES: Readonly<Record<ClusterSource['kind'], Resource>> = {
  configMap: { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true },
  secret: { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true },
};

/** Reads values of ConfigMaps and Secrets; each object is asked for once, however many of its keys are. */
export function clusterValues(open: () => Promise<KubernetesClient>): (source: ClusterSource, signal?: AbortSignal) => Promise<string> {
  const objects = new Map<string, Promise<DataObject>>();
  let opened: Promise<KubernetesClient> | undefined;
  const objectOf = async ({ kind, namespace, name }: ClusterSource, signal: AbortSignal | undefined): Promise<DataObject> => {
    opened ??= open();
    const client = await opened;
    return client.get<DataObject>(RESOURCES[kind], { namespace, name }, signal ? { signal } : {});
  };
  return async (source, signal) => {
    const key = `${source.kind} ${source.namespace}/${source.name}`;
    const known = objects.get(key) ?? objectOf(source, signal);
    objects.set(key, known);
    return valueIn(await known, source);
  };
}

/** @throws BadInputError when the object has no such key */
function valueIn(object: DataObject, { kind, namespace, name, key }: ClusterSource): string {
  const text = own(object.data, key);
  const binary = kind === 'secret' ? text : own(object.binaryData, key);
  const value = kind === 'secret' || text === undefined ? binary && Buffer.from(binary, 'base64').toString('utf8') : text;
  if (value !== undefined) return value;
  throw new BadInputError(`${RESOURCES[kind].kind} ${namespace}/${name} has no key ${key}`, {
    hint: `choose one of its keys: ${Object.keys({ ...object.data, ...object.binaryData }).join(', ') || 'it has none'}`,
  });
}

function own(data: Readonly<Record<string, string>> | null | undefined, key: string): string | undefined {
  return data && Object.hasOwn(data, key) ? data[key] : undefined;
}
