import type { PatchType } from './client.ts';

/** The content type is required, and a wrong one is a 415: they stand here, once. */
export const PATCH_CONTENT_TYPE: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  // The body is JSON, which is YAML; the server knows apply by this name only.
  apply: 'application/apply-patch+yaml',
};

/**
 * Whether a patch may be sent again when it is unknown if the first one was applied. Merge, strategic and apply patches state a result, so
 * stating it twice is stating it once (and under a resourceVersion the second is a 409); a JSON patch is safe only behind a `test` of the
 * resourceVersion.
 */
export function isRepeatable(type: PatchType, body: unknown): boolean {
  return type !== 'json' || (Array.isArray(body) && body.some(testsResourceVersion));
}

function testsResourceVersion(step: unknown): boolean {
  if (typeof step !== 'object' || step === null || !('op' in step) || !('path' in step)) return false;
  return step.op === 'test' && step.path === '/metadata/resourceVersion';
}
