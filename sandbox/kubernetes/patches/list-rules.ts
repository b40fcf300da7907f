import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/**
 * How a list merges in server-side apply: `keys` are its list-map keys, from the field's tags in the published Kubernetes API types.
 * Lists without a rule are atomic. (Strategic merge has other keys: `lib/manifests/patch/merge-rules.json`.)
 */
export type ListRule = { readonly type: 'map'; readonly keys: readonly string[] } | { readonly type: 'set' };

const byName: ListRule = { type: 'map', keys: ['name'] };
const byType: ListRule = { type: 'map', keys: ['type'] };
const containerPorts: ListRule = { type: 'map', keys: ['containerPort', 'protocol'] };

/** By field name, or `parent.field` where the same name means different lists. */
const RULES: Readonly<Record<string, ListRule>> = {
  containers: byName,
  initContainers: byName,
  ephemeralContainers: byName,
  env: byName,
  volumes: byName,
  imagePullSecrets: byName,
  resourceClaims: byName,
  secrets: byName,
  volumeMounts: { type: 'map', keys: ['mountPath'] },
  volumeDevices: { type: 'map', keys: ['devicePath'] },
  hostAliases: { type: 'map', keys: ['ip'] },
  podIPs: { type: 'map', keys: ['ip'] },
  topologySpreadConstraints: { type: 'map', keys: ['topologyKey', 'whenUnsatisfiable'] },
  ownerReferences: { type: 'map', keys: ['uid'] },
  conditions: byType,
  addresses: byType,
  'containers.ports': containerPorts,
  'initContainers.ports': containerPorts,
  'ephemeralContainers.ports': containerPorts,
  'spec.ports': { type: 'map', keys: ['port', 'protocol'] },
  finalizers: { type: 'set' },
};

/** Key fields that the schema defaults when an item leaves them out. */
const KEY_DEFAULTS: Readonly<Record<string, Json>> = { protocol: 'TCP' };

/** Objects that server-side apply owns as a whole. */
const ATOMIC_OBJECTS: ReadonlySet<string> = new Set([
  'selector',
  'labelSelector',
  'namespaceSelector',
  'nodeSelector',
  'configMapKeyRef',
  'secretKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'roleRef',
]);

/** @param path field names from the root of the object; items of a list do not count. */
export function listRule(path: readonly string[]): ListRule | undefined {
  const last = path.at(-1) ?? '';
  return RULES[`${path.at(-2) ?? ''}.${last}`] ?? (Object.hasOwn(RULES, last) ? RULES[last] : undefined);
}

export function isAtomicObject(path: readonly string[]): boolean {
  return ATOMIC_OBJECTS.has(path.at(-1) ?? '');
}

/** The key fields of an item, defaults filled in. */
export function itemKey(item: Json, keys: readonly string[]): JsonObject {
  const key: JsonObject = {};
  for (const name of keys) {
    const value = isJsonObject(item) ? item[name] : undefined;
    const filled = value ?? KEY_DEFAULTS[name];
    if (filled !== undefined) key[name] = filled;
  }
  return key;
}
