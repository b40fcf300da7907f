import { builtin, KINDS } from '../kinds/definitions.ts';
import { deleteObject } from '../verbs/delete.ts';
import type { Controller } from './controller.ts';

/** Empties a namespace that ends, then lets it go. */
export const namespaceController: Controller = {
  name: 'namespace',
  concerns({ kind, object, type }, world) {
    if (kind.id === '/namespaces') return object.metadata.uid ? [object.metadata.uid] : [];
    if (type !== 'DELETED' || object.metadata.namespace === undefined) return [];
    const namespace = world.store.get(builtin('namespaces'), undefined, object.metadata.namespace);
    return namespace?.metadata.uid && namespace.metadata.deletionTimestamp ? [namespace.metadata.uid] : [];
  },
  reconcile(world, uid) {
    const namespace = world.store.byUid(uid);
    if (namespace?.kind !== 'Namespace' || !namespace.metadata.deletionTimestamp) return;
    const { name } = namespace.metadata;
    const content = KINDS.filter(({ namespaced }) => namespaced).flatMap((kind) =>
      world.store.list(kind, name).map((object) => ({ kind, object })),
    );
    if (content.length === 0) {
      world.store.remove(builtin('namespaces'), undefined, name);
      return;
    }
    for (const { kind, object } of content) {
      const present = world.store.get(kind, name, object.metadata.name);
      if (present && !present.metadata.deletionTimestamp)
        deleteObject(world, kind, name, object.metadata.name, { propagation: 'Background' });
    }
  },
};
