import type { Json, JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { type Answer, ok } from './answer.ts';

/**
 * As much OpenAPI as kubectl asks for before it writes: which group versions there are, and that PATCH of a kind takes `fieldValidation` and
 * `dryRun` (so that it leaves validation to the server). Schemas are open: the server accepts fields that it does not know.
 */
export function openapi(path: string, accept: string | undefined, kinds: readonly Kind[]): Answer | undefined {
  if (path === '/openapi/v2') return accept?.includes('protobuf') ? V2_PROTOBUF : ok(V2);
  if (path === '/openapi/v3')
    return ok({
      paths: Object.fromEntries(groupVersionPaths(kinds).map((one) => [one, { serverRelativeURL: `/openapi/v3/${one}?hash=0` }])),
    });
  const found = groupVersionPaths(kinds).find((one) => path === `/openapi/v3/${one}`);
  return found === undefined ? undefined : ok(documentOf(found, kinds));
}

function groupVersionPath(kind: Kind): string {
  return kind.group === '' ? `api/${kind.version}` : `apis/${kind.group}/${kind.version}`;
}

function groupVersionPaths(kinds: readonly Kind[]): string[] {
  return [...new Set(kinds.map(groupVersionPath))];
}

function documentOf(groupVersion: string, served: readonly Kind[]): Json {
  const kinds = served.filter((kind) => groupVersionPath(kind) === groupVersion);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(kinds.map((kind) => [itemPath(kind), pathItem(kind)])),
    components: {
      schemas: Object.fromEntries(kinds.map((kind) => [`sandbox.${kind.group || 'core'}.${kind.version}.${kind.kind}`, schemaOf(kind)])),
    },
  };
}

function itemPath(kind: Kind): string {
  return `/${groupVersionPath(kind)}/${kind.namespaced ? 'namespaces/{namespace}/' : ''}${kind.plural}/{name}`;
}

function pathItem(kind: Kind): JsonObject {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
  }));
  return {
    patch: {
      parameters,
      responses: { 200: { description: 'OK' } },
      'x-kubernetes-action': 'patch',
      'x-kubernetes-group-version-kind': gvk(kind),
    },
  };
}

function schemaOf(kind: Kind): Json {
  return {
    type: 'object',
    description: `${kind.kind} as the sandbox serves it.`,
    'x-kubernetes-preserve-unknown-fields': true,
    'x-kubernetes-group-version-kind': [gvk(kind)],
  };
}

function gvk(kind: Kind): JsonObject {
  return { group: kind.group, version: kind.version, kind: kind.kind };
}

/** kubectl falls back on v2 for kinds that v3 does not list (`kind: List`). An empty document makes it leave validation to the server. */
const V2 = { swagger: '2.0', info: { title: 'Kubernetes', version: 'v1.36.3' }, paths: {}, definitions: {} };

/** The same as a gnostic `openapi.v2.Document`: field 1 is `swagger`. kubectl asks for this form only. */
const V2_PROTOBUF: Answer = {
  type: 'bytes',
  code: 200,
  contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
  body: Buffer.from([0x0a, 3, ...Buffer.from('2.0')]),
};
