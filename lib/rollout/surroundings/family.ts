import { type Fields, fieldsAt, listAt, textAt } from '../../kubernetes/fields.ts';
import { append, keyOf, nameKey, namespaceOf } from './names.ts';
import { selects } from './selects.ts';

/** Who owns whom among some objects. Owners may form rings; both walks end nevertheless. */
export class Family {
  readonly #byUid = new Map<string, Fields>();
  readonly #byName = new Map<string, Fields>();
  readonly #deployments = new Map<string, Fields[]>();
  /** By the key of a ReplicaSet that is not there. */
  readonly #stepOwners = new Map<string, readonly Fields[]>();
  readonly #owners = new Map<Fields, readonly Fields[]>();
  readonly #owned = new Map<Fields, Fields[]>();

  constructor(objects: readonly Fields[]) {
    for (const object of objects) this.#index(object);
    for (const object of objects) {
      const owners = listAt(object, 'metadata', 'ownerReferences').flatMap((reference) => this.#named(reference, object));
      this.#owners.set(object, owners);
      for (const owner of owners) append(this.#owned, owner, object);
    }
  }

  /** Its owners, then theirs, the nearest first. */
  ancestors(object: Fields): readonly Fields[] {
    return walk(object, (each) => this.#owners.get(each) ?? []);
  }

  /** What it owns, and what that owns. */
  descendants(object: Fields): readonly Fields[] {
    return walk(object, (each) => this.#owned.get(each) ?? []);
  }

  #index(object: Fields): void {
    const uid = textAt(object, 'metadata', 'uid');
    if (uid !== undefined) this.#byUid.set(uid, object);
    this.#byName.set(keyOf(object), object);
    if (object.kind === 'Deployment') append(this.#deployments, namespaceOf(object), object);
  }

  #named(reference: Fields, object: Fields): readonly Fields[] {
    const uid = textAt(reference, 'uid');
    const sameUid = uid === undefined ? undefined : this.#byUid.get(uid);
    if (sameUid) return [sameUid];
    const key = nameKey(namespaceOf(object), textAt(reference, 'kind'), textAt(reference, 'name'));
    const sameName = this.#byName.get(key);
    // Of the same name with another uid it is the next of that name, and owns nothing of the last.
    if (sameName && (uid === undefined || textAt(sameName, 'metadata', 'uid') === undefined)) return [sameName];
    return reference.kind === 'ReplicaSet' && !sameName ? this.#ofMissingReplicaSet(key, object) : [];
  }

  /** `kubectl get deploy,pods` leaves out what stands between them: there the selector tells. */
  #ofMissingReplicaSet(key: string, pod: Fields): readonly Fields[] {
    const known = this.#stepOwners.get(key);
    if (known) return known;
    const labels = fieldsAt(pod, 'metadata', 'labels');
    const candidates = this.#deployments.get(namespaceOf(pod)) ?? [];
    const owners = candidates.filter((deployment) => selects(fieldsAt(deployment, 'spec', 'selector'), labels));
    this.#stepOwners.set(key, owners);
    return owners;
  }
}

function walk(start: Fields, next: (object: Fields) => readonly Fields[]): readonly Fields[] {
  const seen = new Set<Fields>([start]);
  // A set is walked in the order of arrival, what arrives meanwhile included.
  for (const object of seen) for (const other of next(object)) seen.add(other);
  seen.delete(start);
  return [...seen];
}
