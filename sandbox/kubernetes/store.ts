import { type ApiObject, copyOf } from './api-object.ts';
import type { Kind } from './kinds/kind.ts';

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: Kind;
  readonly object: ApiObject;
  /** What the object was before; absent for ADDED. */
  readonly previous?: ApiObject;
  readonly revision: number;
}

/** A read at a revision that is no longer kept. */
export class CompactedError extends Error {
  override readonly name = 'CompactedError';
}

/**
 * Objects of every kind under one global revision, as etcd keeps them: each write makes a new version, the last `keepEvents` writes can be
 * replayed (watch) or undone (pages of one consistent list). Objects handed out belong to the store and must not be changed.
 */
export class Store {
  revision = 1;
  readonly #keepEvents: number;
  #compacted = 0;
  readonly #objects = new Map<string, Map<string, ApiObject>>();
  readonly #sorted = new Map<string, readonly string[]>();
  readonly #children = new Map<string, Set<string>>();
  readonly #byUid = new Map<string, { readonly kind: Kind; readonly key: string }>();
  #events: StoreEvent[] = [];
  readonly #listeners = new Set<(event: StoreEvent) => void>();

  constructor(keepEvents: number) {
    this.#keepEvents = keepEvents;
  }

  get(kind: Kind, namespace: string | undefined, name: string): ApiObject | undefined {
    return this.#objects.get(kind.id)?.get(keyOf(namespace, name));
  }

  byUid(uid: string): ApiObject | undefined {
    const place = this.#byUid.get(uid);
    return place && this.#objects.get(place.kind.id)?.get(place.key);
  }

  /** Objects whose ownerReferences name this uid. */
  ownedBy(uid: string): ApiObject[] {
    return [...(this.#children.get(uid) ?? [])].flatMap((child) => this.byUid(child) ?? []);
  }

  /** All objects of a kind in key order (`namespace/name`, bytewise), of one namespace if given. */
  list(kind: Kind, namespace?: string): ApiObject[] {
    const objects = this.#objects.get(kind.id);
    if (!objects) return [];
    const prefix = namespace === undefined ? '' : `${namespace}/`;
    return this.#keys(kind.id, objects).flatMap((key) => (key.startsWith(prefix) ? (objects.get(key) ?? []) : []));
  }

  /** The same list as it was at a revision. @throws CompactedError when that is too long ago. */
  listAt(kind: Kind, namespace: string | undefined, revision: number): ApiObject[] {
    if (revision < this.#compacted) throw new CompactedError('the revision was compacted');
    if (revision >= this.revision) return this.list(kind, namespace);
    const objects = new Map(this.list(kind, namespace).map((object) => [objectKey(object), object]));
    for (let index = this.#events.length - 1; index >= 0; index--) {
      const event = this.#events[index];
      if (!event || event.revision <= revision) break;
      if (event.kind.id !== kind.id || (namespace !== undefined && event.object.metadata.namespace !== namespace)) continue;
      if (event.previous) objects.set(objectKey(event.previous), event.previous);
      else objects.delete(objectKey(event.object));
    }
    return [...objects.keys()].sort().flatMap((key) => objects.get(key) ?? []);
  }

  /** Writes after a revision, oldest first. @throws CompactedError when some of them are no longer kept. */
  eventsAfter(revision: number): StoreEvent[] {
    if (revision < this.#compacted) throw new CompactedError('the revision was compacted');
    return this.#events.filter((event) => event.revision > revision);
  }

  /** Inserts or replaces; the stored copy carries the new resourceVersion. */
  put(kind: Kind, object: ApiObject): ApiObject {
    const previous = this.get(kind, object.metadata.namespace, object.metadata.name);
    const stored = copyOf(object);
    stored.metadata.resourceVersion = String(++this.revision);
    const key = objectKey(stored);
    let objects = this.#objects.get(kind.id);
    if (!objects) {
      objects = new Map();
      this.#objects.set(kind.id, objects);
    }
    if (!previous) this.#sorted.delete(kind.id);
    objects.set(key, stored);
    this.#unlink(previous);
    this.#link(kind, key, stored);
    this.#emit({ type: previous ? 'MODIFIED' : 'ADDED', kind, object: stored, ...(previous ? { previous } : {}), revision: this.revision });
    return stored;
  }

  /** Removes the object; the event carries its last state under the revision of the removal. */
  remove(kind: Kind, namespace: string | undefined, name: string): ApiObject | undefined {
    const previous = this.get(kind, namespace, name);
    if (!previous) return undefined;
    const last = copyOf(previous);
    last.metadata.resourceVersion = String(++this.revision);
    this.#objects.get(kind.id)?.delete(objectKey(previous));
    this.#sorted.delete(kind.id);
    this.#unlink(previous);
    this.#emit({ type: 'DELETED', kind, object: last, previous, revision: this.revision });
    return last;
  }

  /** Forgets all history, as the API server does every five minutes: continue tokens and watches from before now answer 410. */
  compact(): void {
    this.#compacted = ++this.revision;
    this.#events = [];
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  all(): ApiObject[] {
    return [...this.#objects.values()].flatMap((objects) => [...objects.values()]);
  }

  #keys(id: string, objects: ReadonlyMap<string, ApiObject>): readonly string[] {
    const cached = this.#sorted.get(id);
    if (cached) return cached;
    const keys = [...objects.keys()].sort();
    this.#sorted.set(id, keys);
    return keys;
  }

  #emit(event: StoreEvent): void {
    this.#events.push(event);
    // Trimmed in chunks, so that a long run does not shift the array on every write.
    if (this.#events.length > this.#keepEvents + 64) {
      const dropped = this.#events.splice(0, this.#events.length - this.#keepEvents);
      this.#compacted = dropped.at(-1)?.revision ?? this.#compacted;
    }
    for (const listener of this.#listeners) listener(event);
  }

  #link(kind: Kind, key: string, object: ApiObject): void {
    const { uid, ownerReferences } = object.metadata;
    if (!uid) return;
    this.#byUid.set(uid, { kind, key });
    for (const owner of ownerReferences ?? []) {
      const children = this.#children.get(owner.uid) ?? new Set();
      this.#children.set(owner.uid, children.add(uid));
    }
  }

  #unlink(object: ApiObject | undefined): void {
    const uid = object?.metadata.uid;
    if (!object || !uid) return;
    this.#byUid.delete(uid);
    for (const owner of object.metadata.ownerReferences ?? []) {
      const children = this.#children.get(owner.uid);
      children?.delete(uid);
      if (children?.size === 0) this.#children.delete(owner.uid);
    }
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

export function objectKey(object: ApiObject): string {
  return keyOf(object.metadata.namespace, object.metadata.name);
}
