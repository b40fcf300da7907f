import { kindOf } from '../kinds/definitions.ts';
import type { Kind } from '../kinds/kind.ts';

/** What a request wants, in the words that RBAC and fault injection match on. */
export interface RequestInfo {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Kubernetes verb for resources (get, list, watch, create, update, patch, delete, deletecollection), else the method in lower case. */
  readonly verb: string;
  readonly resource?: ResourceRequest;
}

export interface ResourceRequest {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** Absent when the sandbox does not serve it. */
  readonly kind?: Kind;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** The path names no object; a field selector may still narrow the request to one `name`. */
  readonly isCollection: boolean;
}

const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

export function parseRequest(method: string, target: string): RequestInfo {
  const url = new URL(target, 'https://sandbox');
  const path = url.pathname;
  const base = { method, path, query: url.searchParams };
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const resource = parseResource(parts);
  if (!resource) return { ...base, verb: method.toLowerCase() };
  const asked = fieldName(url.searchParams.get('fieldSelector'));
  const name = resource.name ?? asked;
  return { ...base, verb: verbOf(method, resource, url.searchParams), resource: { ...resource, ...(name === undefined ? {} : { name }) } };
}

/** A list narrowed to one name is authorised like a read of that name. */
function fieldName(selector: string | null): string | undefined {
  return /^metadata\.name==?([^,]+)$/.exec(selector ?? '')?.[1];
}

function parseResource(parts: readonly string[]): ResourceRequest | undefined {
  const isCore = parts[0] === 'api';
  if (!isCore && parts[0] !== 'apis') return undefined;
  const group = isCore ? '' : (parts[1] ?? '');
  const version = (isCore ? parts[1] : parts[2]) ?? '';
  const rest = parts.slice(isCore ? 2 : 3);
  if (rest.length === 0) return undefined;
  const [first, second, third] = rest;
  const inNamespace = isCore
    ? first === 'namespaces' && rest.length > 2 && !NAMESPACE_SUBRESOURCES.includes(third ?? '')
    : first === 'namespaces' && rest.length > 2;
  const namespace = inNamespace ? second : isCore && first === 'namespaces' ? second : undefined;
  const [plural, name, subresource] = inNamespace ? rest.slice(2) : rest;
  const kind = kindOf(group, version, plural ?? '');
  return {
    group,
    version,
    plural: plural ?? '',
    isCollection: name === undefined,
    ...(kind ? { kind } : {}),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

function verbOf(method: string, resource: ResourceRequest, query: URLSearchParams): string {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (!resource.isCollection) return 'get';
      return ['1', 'true'].includes(query.get('watch') ?? '') ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return resource.isCollection ? 'deletecollection' : 'delete';
    default:
      return method.toLowerCase();
  }
}
