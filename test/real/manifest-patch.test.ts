import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeRulesOf } from '../../build/merge-rules.ts';
import type { Json, JsonObject } from '../../lib/manifests/json.ts';
import { applyJsonPatch } from '../../lib/manifests/patch/json-patch.ts';
import { applyMergePatch } from '../../lib/manifests/patch/merge-patch.ts';
import rules from '../../lib/manifests/patch/merge-rules.json' with { type: 'json' };
import { BadPatchError, PatchRefusedError } from '../../lib/manifests/patch/patch-error.ts';
import { applyStrategicMerge } from '../../lib/manifests/patch/strategic-merge.ts';
import { apiRequest } from '../support/api-request.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { completedByServer, createObject, type LiveObject, type PatchType, patchedByServer } from '../support/patched-by-server.ts';
import { hasControlPlane } from '../support/real-parts.ts';
import {
  configMapPatches,
  configMaps,
  podPatches,
  podSpecs,
  servicePatches,
  services,
} from '../unit/manifests/patch/generated-workloads.ts';

const TIMEOUT_MS = 300_000;

const offline = {
  json: (target: JsonObject, patch: Json) => applyJsonPatch(target, patch),
  merge: (target: JsonObject, patch: Json) => applyMergePatch(target, patch),
  strategic: (target: JsonObject, patch: Json) => applyStrategicMerge(target, patch as JsonObject),
} as const;

const labelled = { metadata: { labels: { app: 'web' } } };
const kinds = {
  Deployment: {
    plural: '/apis/apps/v1 deployments',
    apiVersion: 'apps/v1',
    around: (template: Json) => ({ spec: { selector: { matchLabels: { app: 'web' } }, template } }),
  },
  StatefulSet: {
    plural: '/apis/apps/v1 statefulsets',
    apiVersion: 'apps/v1',
    around: (template: Json) => ({ spec: { serviceName: 'web', selector: { matchLabels: { app: 'web' } }, template } }),
  },
  PodTemplate: { plural: '/api/v1 podtemplates', apiVersion: 'v1', around: (template: Json) => ({ template }) },
} as const;

describe.runIf(hasControlPlane())('a patch, offline and by a real API server', () => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  it('merges by the rules that the server publishes', async () => {
    const { body } = await apiRequest(access(), 'GET', '/openapi/v2');

    expect(mergeRulesOf(body as Parameters<typeof mergeRulesOf>[0])).toEqual(rules);
  });

  /** Compares what the server makes of the patch with what it makes of our result. */
  async function compare(live: LiveObject, type: PatchType, patch: Json): Promise<'same' | 'both refuse'> {
    const theirs = await patchedByServer(access(), live, type, patch);
    const ours = await ourResult(live, type, patch);
    expect(ours).toEqual(theirs);
    return theirs === undefined ? 'both refuse' : 'same';
  }

  async function ourResult(live: LiveObject, type: PatchType, patch: Json): Promise<JsonObject | undefined> {
    try {
      return await completedByServer(access(), live, offline[type](live.object, patch));
    } catch (error) {
      if (error instanceof BadPatchError || error instanceof PatchRefusedError) return undefined;
      throw error;
    }
  }

  const access = (): Parameters<typeof apiRequest>[0] => ({ url: plane.url, caPem: plane.caPem, token: plane.adminToken });

  /** Most generated patches are good, so that agreement is not that of two refusals. */
  async function compareGenerated(
    plural: string,
    objects: fc.Arbitrary<JsonObject>,
    patches: fc.Arbitrary<JsonObject>,
    types: readonly PatchType[],
    runs: number,
  ): Promise<void> {
    let same = 0;
    await fc.assert(
      fc.asyncProperty(objects, patches, async (object, patch) => {
        const live = await createObject(access(), plural, object);
        for (const type of types) if ((await compare(live, type, patch)) === 'same') same += 1;
      }),
      { numRuns: runs },
    );
    expect(same).toBeGreaterThan((runs * types.length) / 2);
  }

  it.each(Object.entries(kinds))(
    'agree on generated strategic patches of a %s',
    async (kind, { plural, apiVersion, around }) => {
      const objects = podSpecs.map(
        (spec): JsonObject => ({ apiVersion, kind, ...around({ ...labelled, spec: { ...spec, restartPolicy: 'Always' } }) }),
      );
      const patches = podPatches.map((patch): JsonObject => ({ metadata: patch.metadata!, ...around(templateOf(patch)) }));

      await compareGenerated(plural, objects, patches, ['strategic'], 120);
    },
    TIMEOUT_MS,
  );

  it(
    'agree on generated strategic and merge patches of a Service',
    () => compareGenerated('/api/v1 services', services, servicePatches, ['strategic', 'merge'], 60),
    TIMEOUT_MS,
  );

  it(
    'agree on generated strategic and merge patches of a ConfigMap',
    () => compareGenerated('/api/v1 configmaps', configMaps, configMapPatches, ['strategic', 'merge'], 60),
    TIMEOUT_MS,
  );

  it.each<readonly [what: string, type: PatchType, patch: Json, outcome: 'same' | 'both refuse']>([
    ['an item without its merge key', 'strategic', podChange({ containers: [{ image: 'x' }] }), 'both refuse'],
    ['$patch: merge in a list', 'strategic', podChange({ containers: [{ name: 'web', $patch: 'merge' }] }), 'both refuse'],
    ['$patch: merge in a map', 'strategic', { metadata: { labels: { $patch: 'merge' } } }, 'both refuse'],
    ['$retainKeys that forgets a field', 'strategic', { spec: { strategy: { $retainKeys: [], type: 'Recreate' } } }, 'both refuse'],
    ['$retainKeys of another strategy', 'strategic', { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }, 'same'],
    ['a delete where there is nothing', 'strategic', podChange({ volumes: [{ name: 'v', $patch: 'delete' }] }), 'same'],
    ['a replace where there is nothing', 'strategic', podChange({ nodeSelector: { $patch: 'replace', a: 'b' } }), 'same'],
    [
      'a delete inside a new container',
      'strategic',
      podChange({ containers: [{ name: 'new', image: 'n', env: [{ name: 'Z', $patch: 'delete' }] }] }),
      'same',
    ],
    ['$deleteFromPrimitiveList', 'strategic', { metadata: { '$deleteFromPrimitiveList/finalizers': ['a.io/a'] } }, 'same'],
    ['finalizers, of which one is there', 'strategic', { metadata: { finalizers: ['c.io/c', 'a.io/a'] } }, 'same'],
    [
      '$setElementOrder that leaves an item out',
      'strategic',
      podChange({ '$setElementOrder/containers': [{ name: 'web' }], containers: [{ name: 'x', image: 'x' }] }),
      'both refuse',
    ],
    ['a list of lists', 'strategic', podChange({ containers: [[]] }), 'both refuse'],
    ['a merge of a list', 'merge', podChange({ containers: [{ name: 'web', image: 'web:2' }] }), 'same'],
    ['a null for labels', 'merge', { metadata: { labels: null } }, 'same'],
    ['an add at the end', 'json', [{ op: 'add', path: '/metadata/finalizers/-', value: 'z.io/z' }], 'same'],
    [
      'a test that holds',
      'json',
      [
        { op: 'test', path: '/metadata/labels/a', value: 'b' },
        { op: 'replace', path: '/spec/replicas', value: 3 },
      ],
      'same',
    ],
    ['a test that fails', 'json', [{ op: 'test', path: '/metadata/labels/a', value: 'c' }], 'both refuse'],
    ['a removal of what is not there', 'json', [{ op: 'remove', path: '/spec/nothing' }], 'both refuse'],
    ['an add below nothing', 'json', [{ op: 'add', path: '/spec/nothing/here', value: 1 }], 'both refuse'],
    [
      'a copy, a move',
      'json',
      [
        { op: 'copy', from: '/metadata/labels/a', path: '/metadata/labels/c' },
        { op: 'move', from: '/metadata/labels/a', path: '/metadata/labels/d' },
      ],
      'same',
    ],
    ['an unknown operation', 'json', [{ op: 'frob', path: '/spec' }], 'both refuse'],
  ])('agree on %s', async (_what, type, patch, outcome) => {
    const template = { ...labelled, spec: { containers: [{ name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }] }] } };
    const manifest: JsonObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels: { a: 'b' }, finalizers: ['a.io/a', 'b.io/b'] },
      ...kinds.Deployment.around(template),
    };
    const live = await createObject(access(), kinds.Deployment.plural, manifest);

    expect(await compare(live, type, patch)).toBe(outcome);
  });
});

function podChange(spec: JsonObject): JsonObject {
  return { spec: { template: { spec } } };
}

function templateOf(patch: JsonObject): Json {
  return (patch.spec as JsonObject).template!;
}
