import { asApiObject } from '../api-object.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import { type Attributes, allowed } from '../rbac.ts';
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
