import { describe, expect, it } from 'vitest';
import type { ApiObject, ObjectMeta } from '../../../../../sandbox/kubernetes/api-object.ts';
import { builtin } from '../../../../../sandbox/kubernetes/kinds/definitions.ts';
import { validateMetadata } from '../../../../../sandbox/kubernetes/kinds/validate-metadata.ts';

function causes(plural: string, metadata: Partial<ObjectMeta>, previous?: Partial<ObjectMeta>): string[] {
  const object = (meta: Partial<ObjectMeta>): ApiObject => ({ apiVersion: 'v1', kind: 'X', metadata: { name: 'x', ...meta } });
  return validateMetadata(builtin(plural), object(metadata), previous && object(previous)).map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

describe('metadata', () => {
  it.each([
    ['configmaps', 'a.b-c.d'],
    ['configmaps', 'a'.repeat(253)],
    ['namespaces', 'a'.repeat(63)],
    ['cronjobs', 'a'.repeat(52)],
    ['clusterroles', 'system:Node-Problem'],
  ])('of %s may be named %s', (plural, name) => {
    expect(causes(plural, { name })).toEqual([]);
  });

  it.each([
    ['configmaps', '', 'Required value: name or generateName is required'],
    ['configmaps', 'Upper', 'a lowercase RFC 1123 subdomain must consist of'],
    ['configmaps', 'a'.repeat(254), 'must be no more than 253 bytes'],
    ['namespaces', 'a.b', 'a lowercase RFC 1123 label must consist of'],
    ['services', '1a', 'a DNS-1035 label must consist of'],
    ['cronjobs', 'a'.repeat(53), 'must be no more than 52 characters'],
    ['clusterroles', 'a/b', "may not be '.' or '..' or contain '/' or '%'"],
  ])('of %s may not be named %s', (plural, name, why) => {
    expect(causes(plural, { name })).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    [{ labels: { 'a b': 'x' } }, 'metadata.labels: Invalid value: "a b": name part must consist of'],
    [{ labels: { a: 'x y' } }, 'metadata.labels: Invalid value: "x y": a valid label must be'],
    [{ labels: { 'UP.example/a': 'x' } }, 'prefix part a lowercase RFC 1123 subdomain'],
    [{ annotations: { 'a/b/c': 'x' } }, 'metadata.annotations: Invalid value: "a/b/c": prefix part'],
    [{ annotations: { 'a/': 'x' } }, 'metadata.annotations: Invalid value: "a/": name part must be non-empty'],
    [{ annotations: { a: 'ü'.repeat(131_072) } }, 'metadata.annotations: Too long: may not be more than 262144 bytes'],
    [{ finalizers: ['x'] }, 'metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name'],
  ])('refuses %o', (metadata, why) => {
    expect(causes('configmaps', metadata as Partial<ObjectMeta>)).toEqual([expect.stringContaining(why)]);
  });

  it('takes annotations of exactly 256 KiB, and prefixes in upper case', () => {
    expect(causes('configmaps', { annotations: { 'EXAMPLE.com/a': 'x'.repeat(262_144 - 13) } })).toEqual([]);
  });

  it('takes no new finalizers while the object is being deleted', () => {
    const leaving = { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a/a'] };

    expect(causes('configmaps', { ...leaving, finalizers: [] }, leaving)).toEqual([]);
    expect(causes('configmaps', { ...leaving, finalizers: ['a/a', 'b/b'] }, leaving)).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"b/b"}',
    ]);
  });
});
