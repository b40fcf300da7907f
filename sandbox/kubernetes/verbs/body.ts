import { type ApiObject, asApiObject } from '../api-object.ts';
import type { JsonObject } from '../json.ts';
import { decodeProblem } from '../kinds/decode.ts';
import type { Kind } from '../kinds/kind.ts';
import { badRequest } from '../status.ts';
import { normalised } from './normalise.ts';

/** Decodes the body of a create or a replace. @throws StatusError 400 when it is another kind or a field has the wrong type. */
export function decodeBody(kind: Kind, namespace: string | undefined, body: JsonObject): ApiObject {
  const { apiVersion, kind: name } = body;
  if (apiVersion !== undefined && apiVersion !== kind.apiVersion) {
    throw badRequest(`the API version in the data (${String(apiVersion)}) does not match the expected API version (${kind.apiVersion})`);
  }
  if (name !== undefined && name !== kind.kind) {
    throw badRequest(
      `${String(name)} in version "${kind.version}" cannot be handled as a ${kind.kind}: converting (${String(name)}) to (${kind.kind}): unknown conversion`,
    );
  }
  const problem = decodeProblem(kind.kind, body);
  if (problem) throw badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${problem}`);
  const object = normalised({ ...asApiObject(body), apiVersion: kind.apiVersion, kind: kind.kind });
  if (kind.namespaced && namespace !== undefined) {
    if (object.metadata.namespace !== undefined && object.metadata.namespace !== namespace) {
      throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
    }
    object.metadata.namespace = namespace;
  }
  if (!kind.namespaced && object.metadata.namespace !== undefined) delete object.metadata.namespace;
  return object;
}
