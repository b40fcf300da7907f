import type { ApiObject } from './api-object.ts';
import type { Identity } from './http/identity.ts';
import type { RequestInfo } from './http/request-info.ts';
import { type Json, listAt, textAt } from './json.ts';
import { builtin } from './kinds/definitions.ts';
import { forbidden, StatusError } from './status.ts';
import type { Store } from './store.ts';

/** One question to the authoriser: a resource, or a path outside the resources. */
export type Attributes =
  | {
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly subresource?: string;
      readonly namespace?: string;
      readonly name?: string;
    }
  | { readonly verb: string; readonly path: string };

/** What a Role grants, as it stands there. */
export interface Rule {
  readonly verbs: readonly Json[];
  readonly apiGroups: readonly Json[];
  readonly resources: readonly Json[];
  readonly resourceNames: readonly Json[];
  readonly nonResourceURLs: readonly Json[];
}

const rule = (given: Partial<Rule>): Rule => ({
  verbs: [],
  apiGroups: [],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...given,
});

/** The roles every cluster binds by itself: system:public-info-viewer, system:discovery, system:basic-user. */
const PUBLIC = [rule({ verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'] })];
const AUTHENTICATED = [
  rule({
    verbs: ['get'],
    nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', '/healthz/*', '/livez/*', '/readyz/*'],
  }),
  rule({ verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'] }),
  rule({ verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] }),
];
const CLUSTER_ADMIN = [rule({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }), rule({ verbs: ['*'], nonResourceURLs: ['*'] })];

/** Whether the Roles and bindings in the store let this identity do it. */
export function allowed(store: Store, identity: Identity, attributes: Attributes): boolean {
  return rulesFor(store, identity, 'namespace' in attributes ? attributes.namespace : undefined).some((candidate) =>
    covers(candidate, attributes),
  );
}

/** All that an identity may do: cluster-wide, and in one namespace when one is named. */
export function rulesFor(store: Store, identity: Identity, namespace: string | undefined): Rule[] {
  const bindings = [
    ...store.list(builtin('clusterrolebindings')),
    ...(namespace === undefined ? [] : store.list(builtin('rolebindings'), namespace)),
  ].filter((binding) => listAt(binding, 'subjects').some((subject) => isSubject(subject, identity)));
  // Known to the authoriser without any binding.
  const masters = identity.groups.includes('system:masters') ? CLUSTER_ADMIN : [];
  const granted = bindings.flatMap((binding) => roleRules(store, binding));
  return [...PUBLIC, ...(identity.groups.includes('system:authenticated') ? AUTHENTICATED : []), ...masters, ...granted];
}

function isSubject(subject: Json, identity: Identity): boolean {
  const name = textAt(subject, 'name') ?? '';
  if (textAt(subject, 'kind') === 'Group') return identity.groups.includes(name);
  if (textAt(subject, 'kind') === 'User') return identity.user === name;
  return identity.user === `system:serviceaccount:${textAt(subject, 'namespace') ?? ''}:${name}`;
}

function roleRules(store: Store, binding: ApiObject): Rule[] {
  const name = textAt(binding, 'roleRef', 'name') ?? '';
  const isCluster = textAt(binding, 'roleRef', 'kind') === 'ClusterRole';
  const role = isCluster
    ? store.get(builtin('clusterroles'), undefined, name)
    : store.get(builtin('roles'), binding.metadata.namespace, name);
  if (!role) return isCluster && name === 'cluster-admin' ? CLUSTER_ADMIN : [];
  return listAt(role, 'rules').map((json) => ({
    verbs: listAt(json, 'verbs'),
    apiGroups: listAt(json, 'apiGroups'),
    resources: listAt(json, 'resources'),
    resourceNames: listAt(json, 'resourceNames'),
    nonResourceURLs: listAt(json, 'nonResourceURLs'),
  }));
}

function covers(candidate: Rule, attributes: Attributes): boolean {
  if (!includes(candidate.verbs, attributes.verb)) return false;
  if ('path' in attributes) return candidate.nonResourceURLs.some((pattern) => matchesPath(String(pattern), attributes.path));
  const { group, resource, subresource, name } = attributes;
  const wanted = subresource ? `${resource}/${subresource}` : resource;
  const resources = candidate.resources;
  return (
    includes(candidate.apiGroups, group) &&
    (includes(resources, wanted) || (subresource !== undefined && resources.includes(`*/${subresource}`))) &&
    (candidate.resourceNames.length === 0 || (name !== undefined && candidate.resourceNames.includes(name)))
  );
}

function includes(list: readonly Json[], word: string): boolean {
  return list.includes('*') || list.includes(word);
}

function matchesPath(pattern: string, path: string): boolean {
  return pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)));
}

/** @throws StatusError 403 in the API server's words, which name what was missing. */
export function authorize(store: Store, identity: Identity, info: RequestInfo): void {
  const { resource, verb, path } = info;
  if (!resource) {
    if (allowed(store, identity, { verb, path })) return;
    const message = `forbidden: User ${JSON.stringify(identity.user)} cannot ${verb} path ${JSON.stringify(path)}`;
    throw new StatusError({ code: 403, reason: 'Forbidden', message, details: {} });
  }
  const { group, plural, subresource, namespace, name } = resource;
  const attributes = {
    verb,
    group,
    resource: plural,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
  if (allowed(store, identity, attributes)) return;
  const what = subresource ? `${plural}/${subresource}` : plural;
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  const why = `User ${JSON.stringify(identity.user)} cannot ${verb} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}`;
  throw forbidden({ group, plural }, name, why);
}
