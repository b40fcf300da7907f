import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../sandbox/kubernetes/json.ts';
import { applyStrategicMerge, StrategicPatchError } from '../../../../../sandbox/kubernetes/patches/strategic-merge.ts';

const pod = (containers: JsonObject[]): JsonObject => ({ spec: { template: { spec: { containers } } } });

describe('a strategic merge patch', () => {
  it('merges containers by name and keeps the others', () => {
    const target = pod([
      { name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }] },
      { name: 'log', image: 'log:1' },
    ]);

    const result = applyStrategicMerge(target, pod([{ name: 'web', image: 'web:2', env: [{ name: 'B', value: '2' }] }]));

    expect(result).toEqual(
      pod([
        {
          name: 'web',
          image: 'web:2',
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
        { name: 'log', image: 'log:1' },
      ]),
    );
  });

  it('deletes an item by $patch: delete, and replaces a list by $patch: replace', () => {
    const target = pod([
      { name: 'web', image: 'w' },
      { name: 'log', image: 'l' },
    ]);

    expect(applyStrategicMerge(target, pod([{ name: 'log', $patch: 'delete' }]))).toEqual(pod([{ name: 'web', image: 'w' }]));
    expect(applyStrategicMerge(target, pod([{ $patch: 'replace' }, { name: 'new', image: 'n' }]))).toEqual(
      pod([{ name: 'new', image: 'n' }]),
    );
  });

  it('keys container ports by containerPort and Service ports by port', () => {
    const container = applyStrategicMerge(
      pod([{ name: 'w', ports: [{ containerPort: 80 }] }]),
      pod([{ name: 'w', ports: [{ containerPort: 81 }] }]),
    );
    const service = applyStrategicMerge(
      { spec: { ports: [{ port: 80, targetPort: 1 }] } },
      { spec: { ports: [{ port: 80, targetPort: 2 }] } },
    );

    expect(container).toEqual(pod([{ name: 'w', ports: [{ containerPort: 80 }, { containerPort: 81 }] }]));
    expect(service).toEqual({ spec: { ports: [{ port: 80, targetPort: 2 }] } });
  });

  it('adds to finalizers, and removes from them by $deleteFromPrimitiveList', () => {
    const target = { metadata: { finalizers: ['a/a', 'b/b'] } };

    expect(applyStrategicMerge(target, { metadata: { finalizers: ['c/c', 'a/a'] } })).toEqual({
      metadata: { finalizers: ['a/a', 'b/b', 'c/c'] },
    });
    expect(applyStrategicMerge(target, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/a'] } })).toEqual({
      metadata: { finalizers: ['b/b'] },
    });
  });

  it('replaces lists without a merge key', () => {
    expect(applyStrategicMerge({ spec: { args: ['a', 'b'] } }, { spec: { args: ['c'] } })).toEqual({ spec: { args: ['c'] } });
  });

  it('keeps only what $retainKeys names, and orders by $setElementOrder', () => {
    const strategy = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    const recreate = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    const ordered = { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] };

    expect(applyStrategicMerge(strategy, recreate)).toEqual({ spec: { strategy: { type: 'Recreate' } } });
    expect(applyStrategicMerge({ containers: [{ name: 'a' }, { name: 'b' }] }, ordered)).toEqual({
      containers: [{ name: 'b' }, { name: 'a' }],
    });
  });

  it('removes fields by null', () => {
    expect(applyStrategicMerge({ metadata: { annotations: { a: '1', b: '2' } } }, { metadata: { annotations: { a: null } } })).toEqual({
      metadata: { annotations: { b: '2' } },
    });
  });

  it('refuses an item without its merge key', () => {
    expect(() => applyStrategicMerge(pod([]), pod([{ image: 'x' }]))).toThrow(
      new StrategicPatchError('map: map[image:x] does not contain declared merge key: name'),
    );
  });
});
