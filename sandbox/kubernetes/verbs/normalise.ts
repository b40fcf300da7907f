import type { ApiObject } from '../api-object.ts';
import { define, isJsonObject, type Json, type JsonObject } from '../json.ts';

const OMITTED_WHEN_EMPTY = ['labels', 'annotations', 'finalizers', 'ownerReferences', 'managedFields'];

/** A copy as the server's decoder would leave it: `null` is absent, empty maps and lists of metadata are absent. */
export function normalised(object: ApiObject): ApiObject {
  const result = withoutNulls(object) as ApiObject;
  for (const field of OMITTED_WHEN_EMPTY) {
    const value = result.metadata[field];
    if ((isJsonObject(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0))
      delete result.metadata[field];
  }
  if (result.metadata.namespace === '') delete result.metadata.namespace;
  return result;
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined && field !== null) define(result, key, withoutNulls(field));
  }
  return result;
}
