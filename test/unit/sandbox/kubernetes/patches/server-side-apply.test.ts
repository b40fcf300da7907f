import { describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../../../sandbox/kubernetes/api-object.ts';
import type { JsonObject } from '../../../../../sandbox/kubernetes/json.ts';
import { trackFields, type Writer } from '../../../../../sandbox/kubernetes/patches/managed-fields.ts';
import { applyConfiguration } from '../../../../../sandbox/kubernetes/patches/server-side-apply.ts';

function as(manager: string, operation: Writer['operation'] = 'Apply'): Writer {
  return { manager, operation, apiVersion: 'apps/v1', time: '2026-01-01T00:00:00Z' };
}

function aWorkload(spec: JsonObject, annotations?: Record<string, string>): ApiObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...(annotations ? { annotations } : {}) }, spec };
}

/** Applies and records, as the server does. */
function applied(live: ApiObject, configuration: ApiObject, writer: Writer): ApiObject {
  const { object, applied: fields } = applyConfiguration(live, configuration, writer);
  return { ...object, metadata: { ...object.metadata, managedFields: trackFields(live, object, writer, fields) } };
}

const empty: ApiObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };

describe('server-side apply', () => {
  it('merges keyed lists by item and leaves the items of others alone', () => {
    const first = applied(empty, aWorkload({ containers: [{ name: 'web', image: 'web:1' }] }), as('a'));
    const second = applied(first, aWorkload({ containers: [{ name: 'log', image: 'log:1' }] }), as('b'));

    const third = applied(second, aWorkload({ containers: [{ name: 'web', image: 'web:2' }] }), as('a'));

    expect(third.spec).toEqual({
      containers: [
        { name: 'web', image: 'web:2' },
        { name: 'log', image: 'log:1' },
      ],
    });
  });

  it('removes the fields and items that its manager no longer names', () => {
    const full = aWorkload(
      {
        containers: [
          { name: 'web', image: 'w' },
          { name: 'log', image: 'l' },
        ],
        paused: true,
      },
      { a: '1', b: '1' },
    );
    const live = applied(empty, full, as('a'));

    const less = applied(live, aWorkload({ containers: [{ name: 'web', image: 'w' }] }, { a: '1' }), as('a'));

    expect(less.spec).toEqual({ containers: [{ name: 'web', image: 'w' }] });
    expect(less.metadata.annotations).toEqual({ a: '1' });
  });

  it('keeps what another manager shares', () => {
    const live = applied(applied(empty, aWorkload({}, { shared: '1', own: '1' }), as('a')), aWorkload({}, { shared: '1' }), as('b'));

    const less = applied(live, aWorkload({}), as('a'));

    expect(less.metadata.annotations).toEqual({ shared: '1' });
  });

  it('names every conflict with its owner', () => {
    const live = applied(empty, aWorkload({ replicas: 3, containers: [{ name: 'web', image: 'w:1' }] }), as('a'));

    const { conflicts } = applyConfiguration(live, aWorkload({ replicas: 0, containers: [{ name: 'web', image: 'w:2' }] }), as('b'));

    expect(conflicts).toEqual([
      {
        manager: 'a',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: '2026-01-01T00:00:00Z',
        fields: ['.spec.replicas', '.spec.containers[name="web"].image'],
      },
    ]);
  });

  it('does not conflict over an equal value, an own field or an object that it names empty', () => {
    const live = applied(empty, aWorkload({ replicas: 3 }), as('a'));

    expect(applyConfiguration(live, aWorkload({ replicas: 3 }), as('b')).conflicts).toEqual([]);
    expect(applyConfiguration(live, aWorkload({ replicas: 4 }), as('a')).conflicts).toEqual([]);
    expect(applyConfiguration(live, aWorkload({}), as('b')).conflicts).toEqual([]);
  });

  it('loses a field to a plain update that changes it', () => {
    const live = applied(empty, aWorkload({ replicas: 3, paused: true }), as('a'));
    const next = { ...live, spec: { replicas: 0, paused: true } };

    const entries = trackFields(live, next, as('kubectl', 'Update'));

    expect(entries.map(({ manager, fieldsV1 }) => [manager, fieldsV1])).toEqual([
      ['a', { 'f:spec': { 'f:paused': {} } }],
      ['kubectl', { 'f:spec': { 'f:replicas': {} } }],
    ]);
  });
});
