import type { ApiObject } from '../api-object.ts';
import type { Json } from '../json.ts';
import { methodNotAllowed, noSuchResource } from '../status.ts';
import { applyObject } from '../verbs/apply.ts';
import { type PatchMediaType, parsePatch, patched, patchType } from '../verbs/patch.ts';
import { scaled, scaleOf } from '../verbs/scale.ts';
import { liveObject, replaceObject, updateObject, type WrittenPart } from '../verbs/update.ts';
import { type Answer, created, ok } from './answer.ts';
import { parseBody } from './body.ts';
import { type KindCall, namespaceOf } from './call.ts';
import { isTrue, writeOptions } from './options.ts';
import { presentObject } from './present.ts';

/** `/status`, `/scale`, and `/finalize` of a Namespace. @throws StatusError 404 for any other, 405 */
export function subresource(call: KindCall, name: string): Answer {
  if (name === 'status' && call.kind.hasStatus) return part(call, 'status');
  if (name === 'scale' && call.kind.hasScale) return part(call, 'scale');
  if (name === 'finalize' && call.kind.id === '/namespaces') return part(call, 'finalize');
  throw noSuchResource();
}

function part(call: KindCall, which: WrittenPart): Answer {
  const { world, kind, target, info, how } = call;
  const namespace = namespaceOf(call);
  const name = target.name ?? '';
  const show = (object: ApiObject): Answer => ok(which === 'scale' ? scaleOf(object) : presentObject(kind, object, how));
  switch (info.method) {
    case 'GET':
      return show(liveObject(world, kind, namespace, name));
    case 'PATCH':
      return patch(call, which);
    case 'PUT': {
      const body = parseBody(call.contentType, call.body);
      const options = { ...writeOptions(call), subresource: which };
      if (which !== 'scale') return show(replaceObject(world, kind, namespace, name, body, options));
      const live = liveObject(world, kind, namespace, name);
      return show(updateObject(world, kind, live, scaled(kind, live, body), options));
    }
    default:
      throw methodNotAllowed();
  }
}

/** PATCH of an object or of a part of it. */
export function patch(call: KindCall, which?: WrittenPart): Answer {
  const { world, kind, target, how } = call;
  const type = patchType(call.contentType, kind);
  const body = parsePatch(type, call.body.toString());
  if (type === 'apply') return apply(call, which, body);
  const options = { ...writeOptions(call), ...(which ? { subresource: which } : {}) };
  const live = liveObject(world, kind, namespaceOf(call), target.name ?? '');
  if (which === 'scale') {
    const scale = patched(kind, scaleOf(live), jsonType(type), body);
    return ok(scaleOf(updateObject(world, kind, live, scaled(kind, live, scale), options)));
  }
  return ok(presentObject(kind, updateObject(world, kind, live, patched(kind, live, type, body), options), how));
}

/** A Scale has no lists to merge, so strategic and merge patches are the same. */
function jsonType(type: Exclude<PatchMediaType, 'apply'>): Exclude<PatchMediaType, 'apply'> {
  return type === 'strategic' ? 'merge' : type;
}

function apply(call: KindCall, which: WrittenPart | undefined, body: Json): Answer {
  const { world, kind, target, info, how } = call;
  if (which !== undefined && which !== 'status') throw noSuchResource();
  const name = target.name ?? '';
  // Only a whole object can be created; a part needs the object to be there.
  if (which) liveObject(world, kind, namespaceOf(call), name);
  const options = { ...writeOptions(call, true), force: isTrue(info.query, 'force'), ...(which ? { subresource: which } : {}) };
  const result = applyObject(world, kind, namespaceOf(call), name, body, options);
  const shown = presentObject(kind, result.object, how);
  return result.created ? created(shown) : ok(shown);
}
