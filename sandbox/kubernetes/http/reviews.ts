import { asApiObject } from '../api-object.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import { type Attributes, allowed, type Rule, rulesFor } from '../rbac.ts';
import { badRequest } from '../status.ts';
import type { Store } from '../store.ts';
import type { Identity } from './identity.ts';

/** `SelfSubjectAccessReview`: may the caller do this? @throws StatusError 400 when it asks nothing. */
export function reviewAccess(store: Store, identity: Identity, body: JsonObject): JsonObject {
  const review = asApiObject(body);
  const may = allowed(store, identity, attributesOf(review));
  return {
    ...review,
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    status: { allowed: may, ...(may ? {} : { reason: '' }) },
  };
}

/** `SelfSubjectRulesReview`: what may the caller do in a namespace, and at the paths outside of the resources? @throws StatusError 400 without one */
export function reviewRules(store: Store, identity: Identity, body: JsonObject): JsonObject {
  const namespace = textAt(body, 'spec', 'namespace');
  if (!namespace) throw badRequest('no namespace on request');
  const rules = rulesFor(store, identity, namespace);
  return {
    ...asApiObject(body),
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    status: {
      resourceRules: rules.filter(({ nonResourceURLs }) => nonResourceURLs.length === 0).map(resourceRule),
      nonResourceRules: rules
        .filter(({ nonResourceURLs }) => nonResourceURLs.length > 0)
        .map(({ verbs, nonResourceURLs }) => ({ verbs: [...verbs], nonResourceURLs: [...nonResourceURLs] })),
      incomplete: false,
    },
  };
}

function resourceRule({ verbs, apiGroups, resources, resourceNames }: Rule): JsonObject {
  return {
    verbs: [...verbs],
    apiGroups: [...apiGroups],
    resources: [...resources],
    ...(resourceNames.length > 0 && { resourceNames: [...resourceNames] }),
  };
}

/** `SelfSubjectReview`: who does the server think the caller is? */
export function reviewSelf(identity: Identity): JsonObject {
  return {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: null },
    status: { userInfo: { username: identity.user, groups: [...identity.groups] } },
  };
}

function attributesOf(review: JsonObject): Attributes {
  const path = objectAt(review, 'spec', 'nonResourceAttributes');
  if (path) return { verb: textAt(path, 'verb') ?? '', path: textAt(path, 'path') ?? '' };
  const asked = objectAt(review, 'spec', 'resourceAttributes');
  if (!asked) throw badRequest('spec.resourceAttributes: exactly one of nonResourceAttributes or resourceAttributes must be specified');
  const part = (field: string): string | undefined => textAt(asked, field) || undefined;
  const [subresource, namespace, name] = [part('subresource'), part('namespace'), part('name')];
  return {
    verb: part('verb') ?? '',
    group: part('group') ?? '',
    resource: part('resource') ?? '',
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}
