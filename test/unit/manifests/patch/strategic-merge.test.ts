import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../lib/manifests/json.ts';
import { BadPatchError, PatchRefusedError } from '../../../../lib/manifests/patch/patch-error.ts';
import { applyStrategicMerge } from '../../../../lib/manifests/patch/strategic-merge.ts';
import { deployments, podPatches } from './generated-workloads.ts';

const deployment = (spec: JsonObject, more: JsonObject = {}): JsonObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', ...more, spec });
const pods = (pod: JsonObject): JsonObject => ({ template: { spec: pod } });
const patched = (pod: JsonObject, change: JsonObject): Json | undefined =>
  podOf(applyStrategicMerge(deployment(pods(pod)), { spec: pods(change) }));
const podOf = ({ spec }: JsonObject): Json | undefined => ((spec as JsonObject).template as JsonObject).spec;

const web = { name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }] };
const log = { name: 'log', image: 'log:1' };

/** New items come before those that the patch does not name: so does the API server. */
describe('a strategic merge patch merges lists', () => {
  it('of containers by name, their env too, and keeps the others', () => {
    const change = { containers: [{ name: 'web', image: 'web:2', env: [{ name: 'B', value: '2' }] }] };

    expect(patched({ containers: [web, log] }, change)).toEqual({
      containers: [
        {
          name: 'web',
          image: 'web:2',
          env: [
            { name: 'B', value: '2' },
            { name: 'A', value: '1' },
          ],
        },
        log,
      ],
    });
  });

  it.each<readonly [field: string, key: string, before: readonly Json[], change: readonly Json[], after: readonly Json[]]>([
    [
      'hostAliases',
      'ip',
      [{ ip: '1', hostnames: ['a'] }],
      [{ ip: '2' }, { ip: '1', hostnames: ['b'] }],
      [{ ip: '2' }, { ip: '1', hostnames: ['b'] }],
    ],
    ['imagePullSecrets', 'name', [{ name: 'a' }], [{ name: 'b' }], [{ name: 'b' }, { name: 'a' }]],
    [
      'topologySpreadConstraints',
      'topologyKey',
      [{ topologyKey: 'z', maxSkew: 1 }],
      [{ topologyKey: 'z', maxSkew: 2 }],
      [{ topologyKey: 'z', maxSkew: 2 }],
    ],
    [
      'volumes',
      'name',
      [{ name: 'v', emptyDir: {} }],
      [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/' } }],
      [{ name: 'v', hostPath: { path: '/' } }],
    ],
    ['tolerations', 'nothing: they are atomic', [{ key: 'a' }], [{ key: 'b' }], [{ key: 'b' }]],
  ])('%s by %s', (field, _key, before, change, after) => {
    expect(patched({ [field]: [...before] }, { [field]: [...change] })).toEqual({ [field]: after });
  });

  it('of ports by containerPort in a container and by port in a Service', () => {
    const service = { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80, targetPort: 1 }] } };
    const container = patched(
      { containers: [{ name: 'w', ports: [{ containerPort: 80 }] }] },
      { containers: [{ name: 'w', ports: [{ containerPort: 81 }] }] },
    );

    expect(container).toEqual({ containers: [{ name: 'w', ports: [{ containerPort: 81 }, { containerPort: 80 }] }] });
    expect(applyStrategicMerge(service, { spec: { ports: [{ port: 80, targetPort: 2 }] } })).toEqual({
      ...service,
      spec: { ports: [{ port: 80, targetPort: 2 }] },
    });
  });

  it('of finalizers as a set, and takes out what $deleteFromPrimitiveList names', () => {
    const target = deployment({}, { metadata: { finalizers: ['a/a', 'b/b'] } });
    const change = (metadata: JsonObject): Json | undefined => applyStrategicMerge(target, { metadata }).metadata;

    expect(change({ finalizers: ['c/c', 'a/a'] })).toEqual({ finalizers: ['c/c', 'a/a', 'b/b'] });
    expect(change({ '$deleteFromPrimitiveList/finalizers': ['a/a'] })).toEqual({ finalizers: ['b/b'] });
    expect(change({ '$deleteFromPrimitiveList/ownerReferences': ['a/a'] })).toEqual({ finalizers: ['a/a', 'b/b'] });
  });
});

describe('the directives of a strategic merge patch', () => {
  it.each<readonly [what: string, change: JsonObject, result: JsonObject]>([
    ['$patch: delete takes an item out', { containers: [{ name: 'log', $patch: 'delete' }] }, { containers: [web] }],
    [
      '$patch: replace makes a list what the patch says',
      { containers: [{ $patch: 'replace' }, { name: 'new', image: 'n' }] },
      { containers: [{ name: 'new', image: 'n' }] },
    ],
    ['$patch: replace alone empties a list', { containers: [{ $patch: 'replace' }] }, { containers: [] }],
    [
      '$patch: delete of what is not there does nothing',
      { containers: [{ name: 'x', $patch: 'delete' }], volumes: [{ name: 'v', $patch: 'delete' }] },
      { containers: [web, log], volumes: [] },
    ],
    [
      '$setElementOrder brings items into order',
      { '$setElementOrder/containers': [{ name: 'log' }, { name: 'web' }] },
      { containers: [log, web] },
    ],
    [
      '$setElementOrder places a new item',
      { '$setElementOrder/containers': [{ name: 'new' }, { name: 'log' }], containers: [{ name: 'new' }] },
      { containers: [{ name: 'new' }, web, log] },
    ],
    ['null removes a field', { containers: [{ name: 'web', env: null }] }, { containers: [{ name: 'web', image: 'web:1' }, log] }],
  ])('%s', (_what, change, result) => {
    expect(patched({ containers: [web, log] }, change)).toEqual(result);
  });

  it.each<readonly [what: string, change: JsonObject, result: JsonObject]>([
    ['$patch: delete empties a map', { $patch: 'delete' }, {}],
    ['$patch: replace makes a map what the patch says', { $patch: 'replace', c: '3' }, { c: '3' }],
    ['null deletes a label', { a: null, c: null }, { b: '2' }],
    ['$retainKeys takes the other fields out', { $retainKeys: ['b', 'c'], c: '3' }, { b: '2', c: '3' }],
  ])('%s', (_what, labels, result) => {
    expect(applyStrategicMerge(deployment({}, { metadata: { labels: { a: '1', b: '2' } } }), { metadata: { labels } }).metadata).toEqual({
      labels: result,
    });
  });

  it('do not reach the document where they meet nothing', () => {
    const strategy = { $retainKeys: ['type'], type: 'Recreate', rollingUpdate: null };
    const change = {
      strategy,
      ...pods({
        containers: [{ name: 'new', '$setElementOrder/env': [{ name: 'Z' }], env: [{ name: 'Z', value: null }] }],
        nodeSelector: { $patch: 'delete' },
      }),
    };

    expect(applyStrategicMerge(deployment({}), { spec: change })).toEqual(
      deployment({ strategy: { type: 'Recreate' }, ...pods({ containers: [{ name: 'new', env: [{ name: 'Z' }] }] }) }),
    );
  });

  it('replaces the selector of a disruption budget as a whole, as its type says', () => {
    const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { selector: { matchLabels: { a: '1' } } } };

    expect(applyStrategicMerge(budget, { spec: { selector: { matchLabels: { b: '2' } } } })).toMatchObject({
      spec: { selector: { matchLabels: { b: '2' } } },
    });
    expect(JSON.stringify(applyStrategicMerge(budget, { spec: { selector: {} } }))).toContain('"selector":{}');
  });
});

describe('a strategic merge patch refuses', () => {
  it.each<readonly [what: string, change: JsonObject, why: string]>([
    ['an item without its merge key', { containers: [{ image: 'x' }] }, 'map: map[image:x] does not contain declared merge key: name'],
    ['an item that is no map', { containers: ['web'] }, 'list element types are not identical: [[map['],
    ['a null in a list', { containers: [null] }, 'list element types are not identical'],
    ['$patch: merge in a list', { containers: [{ name: 'web', $patch: 'merge' }] }, 'merging lists cannot yet be specified in the patch'],
    ['an unknown directive in a list', { containers: [{ name: 'web', $patch: 'frob' }] }, 'unknown patch type: frob'],
    ['$patch: merge in a map', { securityContext: { $patch: 'merge' } }, 'unknown patch type: merge in map: map[$patch:merge]'],
    ['a field that $retainKeys does not name', { securityContext: { $retainKeys: ['a'], b: 1 } }, 'invalid patch format of retainKeys'],
    ['$retainKeys that is no list', { securityContext: { $retainKeys: 'a' } }, 'invalid patch format of retainKeys'],
    [
      'an order without the item that is set',
      { '$setElementOrder/containers': [{ name: 'web' }], containers: [{ name: 'x' }] },
      'does not match $setElementOrder',
    ],
    ['an order without merge keys', { '$setElementOrder/containers': [{ image: 'web' }] }, 'does not contain declared merge key: name'],
    ['an order that is no list', { '$setElementOrder/containers': 'web' }, 'is not a list'],
    ['an order of what is no list', { '$setElementOrder/securityContext': [] }, 'is about a list'],
    ['maps in $deleteFromPrimitiveList', { '$deleteFromPrimitiveList/containers': [{ name: 'web' }] }, 'is for lists of scalars'],
  ])('%s', (_what, change, why) => {
    const refused = (): unknown => patched({ containers: [web, log], securityContext: { a: 1 } }, change);

    expect(refused).toThrow(BadPatchError);
    expect(refused).toThrow(why);
  });

  it('custom resources, and says what to use instead', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: {} };

    expect(() => applyStrategicMerge(rollout, {})).toThrow(PatchRefusedError);
    expect(() => applyStrategicMerge(rollout, {})).toThrow('Rollout of argoproj.io/v1alpha1 has no strategic merge patch');
    expect(() => applyStrategicMerge({ replicaCount: 1 }, {})).toThrow('a document without kind has no strategic merge patch');
    expect(() => applyStrategicMerge({ apiVersion: 'example.com/v1', kind: 'Deployment' }, {})).toThrow(PatchRefusedError);
  });
});

describe('generated strategic merge patches', () => {
  it('change neither argument, leave no directive behind, and have settled when they are applied again', () => {
    void fc.assert(
      fc.property(deployments, podPatches, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        // A new container takes even those of its items that the patch deletes; they go the second time.
        const twice = applyStrategicMerge(applyStrategicMerge(target, patch), patch);

        expect(applyStrategicMerge(twice, patch)).toEqual(twice);
        expect(JSON.stringify([target, patch])).toBe(before);
        expect(JSON.stringify(twice)).not.toContain('$');
      }),
    );
  });

  it('know the versions of a group that are no longer served', () => {
    const old = { apiVersion: 'apps/v1beta2', kind: 'Deployment', spec: pods({ containers: [web] }) };

    expect(podOf(applyStrategicMerge(old, { spec: pods({ containers: [log] }) }))).toEqual({ containers: [log, web] });
  });
});
