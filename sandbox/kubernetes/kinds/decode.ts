import { isJsonObject, type Json, type JsonObject } from '../json.ts';

type Check = { readonly path: readonly string[]; readonly is: 'string' | 'int32' | 'bool' | 'strings' | 'object' | 'list' };

const METADATA: readonly Check[] = [
  { path: ['metadata'], is: 'object' },
  { path: ['metadata', 'name'], is: 'string' },
  { path: ['metadata', 'generateName'], is: 'string' },
  { path: ['metadata', 'namespace'], is: 'string' },
  { path: ['metadata', 'resourceVersion'], is: 'string' },
  { path: ['metadata', 'labels'], is: 'strings' },
  { path: ['metadata', 'annotations'], is: 'strings' },
  { path: ['metadata', 'finalizers'], is: 'list' },
  { path: ['metadata', 'ownerReferences'], is: 'list' },
];

/** Fields whose type our own code and the controllers rely on; other fields are kept as they come. */
const SPEC: readonly Check[] = [
  { path: ['spec', 'replicas'], is: 'int32' },
  { path: ['spec', 'minReplicas'], is: 'int32' },
  { path: ['spec', 'maxReplicas'], is: 'int32' },
  { path: ['spec', 'minReadySeconds'], is: 'int32' },
  { path: ['spec', 'suspend'], is: 'bool' },
  { path: ['spec', 'paused'], is: 'bool' },
  { path: ['spec', 'schedule'], is: 'string' },
  { path: ['spec', 'timeZone'], is: 'string' },
  { path: ['spec', 'selector', 'matchLabels'], is: 'strings' },
  { path: ['spec', 'template'], is: 'object' },
  { path: ['spec', 'template', 'metadata', 'labels'], is: 'strings' },
  { path: ['spec', 'template', 'metadata', 'annotations'], is: 'strings' },
  { path: ['spec', 'template', 'spec', 'containers'], is: 'list' },
  { path: ['spec', 'jobTemplate'], is: 'object' },
  { path: ['spec'], is: 'object' },
  { path: ['status'], is: 'object' },
];
const WITHOUT_OBJECT_SPEC = new Set([
  'ConfigMap',
  'Secret',
  'Event',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
]);

/** Why the server's decoder would refuse the document (`json: cannot unmarshal number into …`), or `undefined`. */
export function decodeProblem(kind: string, body: JsonObject): string | undefined {
  const checks = WITHOUT_OBJECT_SPEC.has(kind) ? METADATA : [...METADATA, ...SPEC];
  for (const { path, is } of checks) {
    const problem = mismatch(follow(body, path), is);
    if (problem)
      return `json: cannot unmarshal ${problem.found} into Go struct field ${owner(kind, path)}.${path.join('.')} of type ${problem.wanted}`;
  }
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined;
  const problem = mismatch(body.data, 'strings');
  return problem && `json: cannot unmarshal ${problem.found} into Go struct field ${kind}.data of type ${problem.wanted}`;
}

function owner(kind: string, path: readonly string[]): string {
  return path[0] === 'metadata' && path.length > 1 ? 'ObjectMeta' : path[0] === 'spec' && path.length > 1 ? `${kind}Spec` : kind;
}

function follow(body: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, step) => (isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    body,
  );
}

const GO_TYPES = { string: 'string', int32: 'int32', bool: 'bool', strings: 'map[string]string', object: 'struct', list: 'slice' } as const;

function mismatch(value: Json | undefined, is: Check['is']): { found: string; wanted: string } | undefined {
  if (value === undefined || value === null) return undefined;
  if (is === 'strings' && isJsonObject(value)) {
    const wrong = Object.values(value).find((item) => typeof item !== 'string' && item !== null && item !== undefined);
    return wrong === undefined ? undefined : { found: jsonType(wrong), wanted: 'string' };
  }
  if (is === 'int32' && typeof value === 'number') {
    if (Number.isInteger(value) && Math.abs(value) <= 2 ** 31) return undefined;
    return { found: `number ${value}`, wanted: 'int32' };
  }
  const fits =
    (is === 'string' && typeof value === 'string') ||
    (is === 'bool' && typeof value === 'boolean') ||
    (is === 'object' && isJsonObject(value)) ||
    (is === 'list' && Array.isArray(value));
  return fits ? undefined : { found: jsonType(value), wanted: GO_TYPES[is] };
}

function jsonType(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
