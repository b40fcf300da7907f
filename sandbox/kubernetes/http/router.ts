import { servedKinds } from '../kinds/definitions.ts';
import { methodNotAllowed, noSuchResource, StatusError } from '../status.ts';
import { createObject } from '../verbs/create.ts';
import { deleteObject } from '../verbs/delete.ts';
import { listObjects, matcher } from '../verbs/list.ts';
import { liveObject, replaceObject } from '../verbs/update.ts';
import type { World } from '../verbs/world.ts';
import { type Answer, created, ok, text } from './answer.ts';
import { parseBody } from './body.ts';
import { type Call, type KindCall, namespaceOf } from './call.ts';
import { discovery } from './discovery.ts';
import { viewOf } from './media-type.ts';
import { openapi } from './openapi.ts';
import { deleteOptions, isTrue, listQuery, watchQuery, writeOptions } from './options.ts';
import { patch, subresource } from './parts.ts';
import { type Presentation, presentList, presentObject } from './present.ts';
import type { ResourceRequest } from './request-info.ts';
import { reviewAccess, reviewRules, reviewSelf } from './reviews.ts';
import { watchStream } from './watch.ts';

/** Carries a request out. @throws StatusError for everything the API refuses. */
export function route(world: World, call: Call): Answer {
  const { info } = call;
  const kinds = servedKinds((kind) => world.store.list(kind).length > 0);
  const described = info.method === 'GET' ? (discovery(info.path, kinds) ?? openapi(info.path, call.accept, kinds)) : undefined;
  if (described) return described;
  const target = info.resource;
  if (!target) return text(404, '404 page not found\n');
  const review = reviewAnswer(world, call, target);
  if (review) return review;
  const { kind } = target;
  if (!kind || !kinds.includes(kind)) throw noSuchResource();
  const found: KindCall = { ...call, world, kind, target, how: presentation(world, call) };
  if (target.subresource !== undefined) return subresource(found, target.subresource);
  return target.isCollection ? collection(found) : item(found);
}

/** @throws StatusError 406 */
function presentation(world: World, { accept, info }: Call): Presentation {
  const view = viewOf(accept);
  if (!view) {
    const message = 'only the following media types are accepted: application/json';
    throw new StatusError({ code: 406, reason: 'NotAcceptable', message, details: {} });
  }
  const asked = info.query.get('includeObject');
  return { view, includeObject: asked === 'None' || asked === 'Object' ? asked : 'Metadata', nowMs: world.clock.now() };
}

function reviewAnswer(world: World, call: Call, { group, plural }: ResourceRequest): Answer | undefined {
  if (call.info.method !== 'POST') return undefined;
  const review = `${group}/${plural}`;
  if (review === 'authorization.k8s.io/selfsubjectaccessreviews') {
    return created(reviewAccess(world.store, call.identity, parseBody(call.contentType, call.body)));
  }
  if (review === 'authorization.k8s.io/selfsubjectrulesreviews') {
    return created(reviewRules(world.store, call.identity, parseBody(call.contentType, call.body)));
  }
  return review === 'authentication.k8s.io/selfsubjectreviews' ? created(reviewSelf(call.identity)) : undefined;
}

function collection(call: KindCall): Answer {
  const { world, kind, target, info, how } = call;
  switch (info.method) {
    case 'GET':
      if (isTrue(info.query, 'watch')) return watch(call);
      return ok(presentList(kind, listObjects(world.store, kind, namespaceOf(call), listQuery(info.query)), how));
    case 'POST': {
      if (kind.namespaced && target.namespace === undefined) throw methodNotAllowed();
      const body = parseBody(call.contentType, call.body);
      return created(presentObject(kind, createObject(world, kind, namespaceOf(call), body, writeOptions(call)), how));
    }
    case 'DELETE':
      return deleteMany(call);
    default:
      throw methodNotAllowed();
  }
}

function deleteMany(call: KindCall): Answer {
  const { world, kind, target, info, how } = call;
  if (kind.namespaced && target.namespace === undefined) throw methodNotAllowed();
  const options = deleteOptions(call);
  const chosen = world.store.list(kind, namespaceOf(call)).filter(matcher(kind, listQuery(info.query)));
  for (const object of chosen) deleteObject(world, kind, namespaceOf(call), object.metadata.name, options);
  return ok(presentList(kind, { items: chosen, metadata: { resourceVersion: String(world.store.revision) } }, how));
}

function item(call: KindCall): Answer {
  const { world, kind, target, info, how } = call;
  const name = target.name ?? '';
  if (kind.namespaced && target.namespace === undefined) throw noSuchResource();
  switch (info.method) {
    case 'GET':
      return ok(presentObject(kind, liveObject(world, kind, namespaceOf(call), name), how));
    case 'PUT': {
      const body = parseBody(call.contentType, call.body);
      return ok(presentObject(kind, replaceObject(world, kind, namespaceOf(call), name, body, writeOptions(call)), how));
    }
    case 'PATCH':
      return patch(call);
    case 'DELETE':
      return ok(deleteObject(world, kind, namespaceOf(call), name, deleteOptions(call)));
    default:
      throw methodNotAllowed();
  }
}

function watch(call: KindCall): Answer {
  const { world, kind, info, how, closing } = call;
  const namespace = namespaceOf(call);
  const start = watchStream({
    store: world.store,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    query: watchQuery(info.query),
    present: (object) => presentObject(kind, object, how),
    signal: closing,
  });
  return { type: 'stream', start };
}
