import { type ApiObject, copyOf } from '../api-object.ts';
import { clone, type JsonObject, numberAt, objectAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { createObject } from '../verbs/create.ts';
import { updateObject } from '../verbs/update.ts';
import type { World } from '../verbs/world.ts';
import { CONTROLLER_MANAGER, ownedOfKind, ownerReference } from './controller.ts';

/** Keeps the history of a DaemonSet's templates: the present one has the highest number, also when it was there before. */
export function recordRevision(world: World, set: ApiObject, hash: string): void {
  const kind = builtin('controllerrevisions');
  const known = ownedOfKind(world, set, 'controllerrevisions');
  const highest = Math.max(0, ...known.map((revision) => numberAt(revision, 'revision') ?? 0));
  const name = `${set.metadata.name}-${hash}`;
  const present = known.find(({ metadata }) => metadata.name === name);
  if (present && numberAt(present, 'revision') === highest) return;
  if (present) {
    updateObject(world, kind, present, { ...copyOf(present), revision: highest + 1 }, CONTROLLER_MANAGER);
    return;
  }
  const template = clone<JsonObject>(objectAt(set, 'spec', 'template') ?? {});
  const labels = { ...objectAt(template, 'metadata', 'labels'), 'controller-revision-hash': hash };
  const metadata = { name, labels, ownerReferences: [ownerReference(set)] };
  createObject(world, kind, set.metadata.namespace, { metadata, data: { spec: { template } }, revision: highest + 1 }, CONTROLLER_MANAGER);
}
