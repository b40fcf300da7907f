import { at, type Fields, fieldsAt, listAt } from '../../kubernetes/fields.ts';

/** What the rules read of a pod; a list of many pods is held in memory while it is judged, and most of a pod is its spec. */
export function trimPod(pod: unknown): Fields {
  const { nodeName, restartPolicy, readinessGates } = fieldsAt(pod, 'spec');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: trimMetadata(pod),
    spec: {
      nodeName,
      restartPolicy,
      readinessGates,
      initContainers: containers(pod, 'initContainers'),
      containers: containers(pod, 'containers'),
    },
    status: at(pod, 'status'),
  };
}

function containers(pod: unknown, list: string): readonly Fields[] {
  return listAt(pod, 'spec', list).map(({ name, image, restartPolicy, resources }) => ({ name, image, restartPolicy, resources }));
}

/** Lists leave out what every item of theirs is. */
export function trimOwned(kind: string, object: unknown): Fields {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: trimMetadata(object),
    revision: at(object, 'revision'),
    spec: at(object, 'spec'),
    status: at(object, 'status'),
  };
}

const EVENT_FIELDS = [
  ...['involvedObject', 'regarding', 'reason', 'message', 'note', 'series'],
  ...['lastTimestamp', 'deprecatedLastTimestamp', 'eventTime', 'firstTimestamp'],
];

export function trimEvent(event: unknown): Fields {
  return Object.fromEntries(EVENT_FIELDS.map((field) => [field, at(event, field)]));
}

function trimMetadata(object: unknown): Fields {
  const { name, namespace, uid, labels, annotations, generation, ownerReferences, creationTimestamp, deletionTimestamp } = fieldsAt(
    object,
    'metadata',
  );
  return { name, namespace, uid, labels, annotations, generation, ownerReferences, creationTimestamp, deletionTimestamp };
}
