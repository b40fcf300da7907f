import { describe, expect, it } from 'vitest';
import {
  changedFields,
  difference,
  fieldsOf,
  intersection,
  leafPaths,
  removedFields,
  union,
  unnamed,
} from '../../../../../sandbox/kubernetes/patches/field-set.ts';

const workload = {
  metadata: { labels: { app: 'web' }, finalizers: ['a/b'] },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    containers: [{ name: 'web', args: ['a'], ports: [{ containerPort: 80 }] }],
  },
};

describe('a field set', () => {
  it('names fields, keyed items with their defaulted keys and members of sets; the rest is atomic', () => {
    expect(fieldsOf(workload)).toEqual({
      'f:metadata': { 'f:labels': { 'f:app': {} }, 'f:finalizers': { 'v:"a/b"': {} } },
      'f:spec': {
        'f:replicas': {},
        'f:selector': {},
        'f:containers': {
          'k:{"name":"web"}': {
            '.': {},
            'f:name': {},
            'f:args': {},
            'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
          },
        },
      },
    });
  });

  it('tells what changed and what went', () => {
    const after = { ...workload, metadata: { labels: { app: 'api', tier: 'x' } } };

    expect(changedFields(workload, after)).toEqual({ 'f:metadata': { 'f:labels': { 'f:app': {}, 'f:tier': {} } } });
    expect(removedFields(workload, after)).toEqual({ 'f:metadata': { 'f:finalizers': { 'v:"a/b"': {} } } });
  });

  it('does not count an empty object that was filled as removed', () => {
    expect(removedFields({ status: {} }, { status: { replicas: 1 } })).toEqual({});
  });

  it('joins, subtracts and intersects', () => {
    const left = { 'f:a': { 'f:b': {}, 'f:c': {} } };
    const right = { 'f:a': { 'f:c': {}, 'f:d': {} } };

    expect(union(left, right)).toEqual({ 'f:a': { 'f:b': {}, 'f:c': {}, 'f:d': {} } });
    expect(difference(left, right)).toEqual({ 'f:a': { 'f:b': {} } });
    expect(intersection(left, right)).toEqual({ 'f:a': { 'f:c': {} } });
    expect(difference(left, { 'f:a': {} })).toEqual({});
    expect(unnamed(left, { 'f:a': {} })).toEqual(left);
    expect(unnamed(left, right)).toEqual({ 'f:a': { 'f:b': {} } });
  });

  it('prints its leaves as a conflict names them', () => {
    expect(leafPaths(fieldsOf({ spec: { containers: [{ name: 'web', image: 'x' }] } }))).toEqual([
      '.spec.containers[name="web"].name',
      '.spec.containers[name="web"].image',
    ]);
    expect(leafPaths(fieldsOf({ finalizers: ['a/b'] }))).toEqual(['.finalizers[="a/b"]']);
  });
});
