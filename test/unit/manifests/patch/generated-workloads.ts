import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../../../lib/manifests/json.ts';

const few = <T>(items: fc.Arbitrary<T>, key: keyof T): fc.Arbitrary<T[]> =>
  fc.uniqueArray(items, { maxLength: 4, selector: (item) => item[key] });
/** Any subset of the fields. */
const some = (model: Readonly<Record<string, fc.Arbitrary<Json>>>, requiredKeys: string[] = []): fc.Arbitrary<JsonObject> =>
  fc.record(model, { requiredKeys });
const name = fc.constantFrom('a', 'b', 'c', 'd');
const value = fc.constantFrom('1', '2', 'x');
const labels = fc.dictionary(name, value, { maxKeys: 3 });

const env = some({ name, value }, ['name']);
/** Named after their numbers, because no two may have the same name. */
const port = some({ containerPort: fc.constantFrom(80, 81, 443), protocol: fc.constantFrom('TCP', 'UDP') }, ['containerPort']).chain(
  (one) => fc.constantFrom(one, { ...one, name: `p${String(one.containerPort)}` }),
);
const toleration = some({ key: name, operator: fc.constant('Exists') }, ['key', 'operator']);
const hostAlias = some({ ip: fc.constantFrom('10.0.0.1', '10.0.0.2'), hostnames: fc.array(name, { maxLength: 2 }) }, ['ip']);

/** Fields of a pod that are valid together with any others of these. */
const container = some(
  {
    name,
    image: fc.constantFrom('i:1', 'i:2'),
    args: fc.array(value, { maxLength: 3 }),
    env: few(env, 'name'),
    ports: few(port, 'containerPort'),
  },
  ['name', 'image'],
);

const pod = some(
  {
    containers: few(container, 'name').filter(({ length }) => length > 0),
    tolerations: fc.array(toleration, { maxLength: 2 }),
    hostAliases: few(hostAlias, 'ip'),
    imagePullSecrets: few(some({ name }, ['name']), 'name'),
    nodeSelector: labels,
  },
  ['containers'],
);

export const podSpecs: fc.Arbitrary<JsonObject> = pod;

export const deployments: fc.Arbitrary<JsonObject> = fc.tuple(pod, labels).map(([spec, more]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: more },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec } },
}));

/** A list of changes of items, some of them deletions, or a replacement of the list. */
function changes(item: fc.Arbitrary<JsonObject>, key: string): fc.Arbitrary<Json[]> {
  const change = fc.oneof(
    { weight: 4, arbitrary: item },
    { weight: 1, arbitrary: item.map((one): JsonObject => ({ [key]: one[key]!, $patch: 'delete' })) },
  );
  const list = fc.uniqueArray(change, { maxLength: 3, selector: (one) => one[key] });
  return fc.oneof(
    { weight: 5, arbitrary: list },
    { weight: 1, arbitrary: list.map((items): Json[] => [{ $patch: 'replace' }, ...items.filter(({ $patch }) => $patch === undefined)]) },
  );
}

const containerChange = some(
  {
    name,
    image: fc.constantFrom('i:3', 'i:4'),
    args: fc.option(fc.array(value, { maxLength: 2 })),
    env: fc.option(changes(env, 'name')),
    ports: changes(port, 'containerPort'),
  },
  ['name'],
);

const nullable = (map: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> =>
  fc.oneof(
    map,
    map.map((fields): JsonObject => ({ ...fields, a: null })),
    map.map((fields): JsonObject => ({ $patch: 'replace', ...fields })),
    fc.constant({ $patch: 'delete' }),
  );

const podChange = some({
  containers: changes(containerChange, 'name'),
  tolerations: fc.option(fc.array(toleration, { maxLength: 2 })),
  hostAliases: changes(hostAlias, 'ip'),
  imagePullSecrets: changes(some({ name }, ['name']), 'name'),
  nodeSelector: nullable(labels),
});

/** Patches of what `deployments` makes: values, nulls, deletions, replacements, and an order for the containers now and then. */
export const podPatches: fc.Arbitrary<JsonObject> = fc
  .tuple(podChange, nullable(labels), fc.option(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 })))
  .map(([spec, more, order]) => ({
    metadata: { labels: more },
    spec: { template: { spec: order === null ? spec : ordered(spec, order) } },
  }));

/** The changes come in the order that they ask for: another one is an error. */
function ordered(spec: JsonObject, order: readonly string[]): JsonObject {
  const { containers } = spec;
  const rank = (item: Json): number => order.indexOf(String((item as JsonObject).name));
  const sorted = Array.isArray(containers) ? { containers: [...containers].sort((x, y) => rank(x) - rank(y)) } : {};
  return { ...spec, ...sorted, '$setElementOrder/containers': order.map((one) => ({ name: one })) };
}

const servicePort = some({ port: fc.constantFrom(80, 81, 443), targetPort: fc.constantFrom<Json[]>(8080, 'http') }, ['port']).map(
  (one): JsonObject => ({ ...one, name: `p${String(one.port)}` }),
);

export const services: fc.Arbitrary<JsonObject> = fc.tuple(few(servicePort, 'port'), labels).map(([ports, selector]) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {},
  // Without an address of its own, so that none of the server's few is taken.
  spec: { clusterIP: 'None', ports, selector },
}));

export const servicePatches: fc.Arbitrary<JsonObject> = some({
  metadata: some({ labels: nullable(labels), annotations: nullable(labels) }),
  spec: some({ ports: changes(servicePort, 'port'), selector: nullable(labels) }),
});

export const configMaps: fc.Arbitrary<JsonObject> = fc.tuple(labels, labels).map(([data, annotations]) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { annotations, finalizers: ['a.io/a'] },
  data,
}));

export const configMapPatches: fc.Arbitrary<JsonObject> = some({
  metadata: some({ labels: nullable(labels), finalizers: fc.uniqueArray(fc.constantFrom('a.io/a', 'b.io/b'), { minLength: 1 }) }),
  data: nullable(labels),
});
