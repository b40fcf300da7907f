import { parse } from 'yaml';
import { applyJsonPatch } from '../../../lib/manifests/patch/json-patch.ts';
import { applyMergePatch } from '../../../lib/manifests/patch/merge-patch.ts';
import { BadPatchError, PatchRefusedError } from '../../../lib/manifests/patch/patch-error.ts';
import { applyStrategicMerge } from '../../../lib/manifests/patch/strategic-merge.ts';
import { type ApiObject, copyOf } from '../api-object.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { decodeProblem } from '../kinds/decode.ts';
import type { Kind } from '../kinds/kind.ts';
import { badRequest, invalid, StatusError, unprocessable } from '../status.ts';

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/apply-patch+cbor',
] as const;

export type PatchMediaType = 'json' | 'merge' | 'strategic' | 'apply';

/** @throws StatusError 415 for a content type that is no patch, or none of that kind: custom resources have no merge rules. */
export function patchType(contentType: string | undefined, { custom }: Pick<Kind, 'custom'>): PatchMediaType {
  const type = knownType(contentType);
  if (type === 'strategic' && custom) throw unsupportedMediaType(PATCH_TYPES.filter((accepted) => !accepted.includes('strategic')));
  return type;
}

function knownType(contentType: string | undefined): PatchMediaType {
  switch ((contentType ?? '').split(';')[0]?.trim()) {
    case 'application/json-patch+json':
      return 'json';
    case 'application/merge-patch+json':
      return 'merge';
    case 'application/strategic-merge-patch+json':
      return 'strategic';
    case 'application/apply-patch+yaml':
      return 'apply';
    default:
      throw unsupportedMediaType(PATCH_TYPES);
  }
}

/** @param why what of a known content type is not understood. */
export function unsupportedMediaType(accepted: readonly string[], why?: string): StatusError {
  const message = why
    ? `the sandbox cannot read the body: ${why}`
    : `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusError({ code: 415, reason: 'UnsupportedMediaType', message, details: {} });
}

/** Parses a patch body; YAML (of which JSON is a part) for apply. @throws StatusError 400 */
export function parsePatch(type: PatchMediaType, text: string): Json {
  try {
    const parsed: unknown = type === 'apply' ? parse(text) : JSON.parse(text);
    return parsed as Json;
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The object that a JSON, merge or strategic patch makes of `target`. @throws StatusError 400 or 422 */
export function patched(kind: Kind, target: ApiObject, type: Exclude<PatchMediaType, 'apply'>, patch: Json): ApiObject {
  const result = compute(copyOf(target), type, patch);
  if (!isJsonObject(result) || !isJsonObject(result.metadata)) throw unprocessable();
  const problem = decodeProblem(kind.kind, result);
  if (problem) {
    const cause = {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(JSON.stringify(patch))}: ${problem}`,
      field: 'patch',
    };
    throw invalid({ group: '', kind: '' }, '', [cause]);
  }
  requireSameIdentity(target, result as ApiObject);
  return result as ApiObject;
}

function compute(target: JsonObject, type: Exclude<PatchMediaType, 'apply'>, patch: Json): Json {
  if (type !== 'json' && !isJsonObject(patch))
    throw badRequest('error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}');
  try {
    if (type === 'json') return applyJsonPatch(target, patch);
    return type === 'merge' ? applyMergePatch(target, patch) : applyStrategicMerge(target, patch as JsonObject);
  } catch (error) {
    if (!(error instanceof BadPatchError || error instanceof PatchRefusedError)) throw error;
    if (type === 'json') throw unprocessable();
    // Not a refusal but a plain error on a real server, hence 500 without a reason.
    throw new StatusError({ code: 500, reason: '', message: error.message });
  }
}

function requireSameIdentity(before: ApiObject, after: ApiObject): void {
  if (after.apiVersion !== before.apiVersion) {
    throw badRequest(`the API version in the data (${after.apiVersion}) does not match the expected API version (${before.apiVersion})`);
  }
  if (after.kind !== before.kind)
    throw badRequest(`the kind in the data (${after.kind}) does not match the expected kind (${before.kind})`);
  if (after.metadata.name !== before.metadata.name) {
    throw badRequest(`the name of the object (${after.metadata.name}) does not match the name on the URL (${before.metadata.name})`);
  }
  if ((after.metadata.namespace ?? '') !== (before.metadata.namespace ?? '')) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}
