import type { ModelObject } from '../../../support/model-cluster.ts';
import { record } from './objects.ts';

/** Whether nothing but size and record is different. */
export function sameBesides(before: ModelObject, after: ModelObject): boolean {
  return fingerprint(before, false) === fingerprint(after, false);
}

/** Every field of an object but those that change with every write; without `state` neither its size nor its record. */
export function fingerprint(object: ModelObject, state = true): string {
  const { resourceVersion, generation, managedFields, annotations, ...metadata } = object.metadata ?? {};
  const { [record]: kept, ...others } = annotations ?? {};
  const spec = state ? object.spec : { ...object.spec, replicas: 0, suspend: false };
  return sortedJson({ ...object, metadata: { ...metadata, annotations: state && kept !== undefined ? annotations : others }, spec });
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
