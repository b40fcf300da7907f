import { type Fields, fieldsAt, isFields, textAt } from '../../kubernetes/fields.ts';
import { groupKindOf } from '../object/object-kind.ts';
import type { Observed } from '../verdict/scene.ts';
import { Family } from './family.ts';
import { append, keyOf, nameKey, namespaceOf } from './names.ts';

const EVENTS: ReadonlySet<string> = new Set(['Event', 'events.k8s.io/Event']);
const POD: ReadonlySet<string> = new Set(['Pod']);
const REPLICA_SET: ReadonlySet<string> = new Set(['apps/ReplicaSet', 'extensions/ReplicaSet']);
const CONTROLLER_REVISION: ReadonlySet<string> = new Set(['apps/ControllerRevision']);

/**
 * Makes the objects of one input each other's surroundings, as if they had been observed together: the pods, ReplicaSets and revisions that an
 * object owns, directly or not, its owners, and the Events about it and about what it owns.
 * @returns a function that gives an object of the input with what is around it
 */
export function surroundingsAmong(objects: readonly unknown[]): (object: unknown) => Observed {
  const known = objects.filter(isFields);
  const family = new Family(known);
  const events = eventsBySubject(known);
  return (object) => {
    if (!isFields(object)) return { object };
    const owned = family.descendants(object);
    const ofKind = (kinds: ReadonlySet<string>): readonly Fields[] => owned.filter((each) => kinds.has(groupKindOf(each)));
    const around = {
      pods: ofKind(POD),
      replicaSets: ofKind(REPLICA_SET),
      controllerRevisions: ofKind(CONTROLLER_REVISION),
      owners: family.ancestors(object),
      events: [object, ...owned].flatMap((each) => events.get(keyOf(each)) ?? []),
    };
    // A kind that is not in the input is one that nobody looked at.
    return { object, ...Object.fromEntries(Object.entries(around).filter(([, list]) => list.length > 0)) };
  };
}

function eventsBySubject(objects: readonly Fields[]): ReadonlyMap<string, readonly Fields[]> {
  const events = new Map<string, Fields[]>();
  for (const event of objects) {
    if (!EVENTS.has(groupKindOf(event))) continue;
    const subject = { ...fieldsAt(event, 'regarding'), ...fieldsAt(event, 'involvedObject') };
    const namespace = textAt(subject, 'namespace') ?? namespaceOf(event);
    append(events, nameKey(namespace, textAt(subject, 'kind'), textAt(subject, 'name')), event);
  }
  return events;
}
