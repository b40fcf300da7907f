import { isDeepStrictEqual } from 'node:util';
import { type Fields, fieldsAt, instantAt, integerAt, isFields, listAt, textAt } from '../../../kubernetes/fields.ts';
import type { Scene } from '../scene.ts';
import type { RevisionPods } from './with-pods.ts';

/** What says which pods are of the new revision. */
type Subject = Pick<Scene, 'object' | 'observed'>;

export const TEMPLATE_HASH = 'pod-template-hash';
export const REVISION_HASH = 'controller-revision-hash';
const REVISION_NUMBER = 'deployment.kubernetes.io/revision';

/** The ReplicaSet that a Deployment's present template made: the oldest with this template, as the Deployment controller chooses. */
export function newReplicaSet(deployment: unknown, replicaSets: readonly unknown[] | undefined): Fields | undefined {
  const owned = (replicaSets ?? []).filter(isFields).filter((set) => isOwnedBy(set, deployment));
  const wanted = templateOf(deployment);
  const withTemplate = owned.filter((set) => Object.keys(fieldsAt(set, 'spec', 'template')).length > 0);
  if (withTemplate.length === 0) {
    const revision = textAt(deployment, 'metadata', 'annotations', REVISION_NUMBER);
    return owned.find((set) => revision !== undefined && textAt(set, 'metadata', 'annotations', REVISION_NUMBER) === revision);
  }
  return withTemplate
    .filter((set) => isDeepStrictEqual(templateOf(set), wanted))
    .toSorted((left, right) => createdAt(left) - createdAt(right))[0];
}

/** The controller adds its hash to the labels of what it makes. */
function templateOf(object: unknown): unknown {
  const template = fieldsAt(object, 'spec', 'template');
  const { [TEMPLATE_HASH]: _, ...labels } = fieldsAt(template, 'metadata', 'labels');
  const { creationTimestamp: __, ...metadata } = fieldsAt(template, 'metadata');
  return { ...template, metadata: { ...metadata, labels } };
}

export function isOwnedBy(object: Fields, owner: unknown): boolean {
  const references = listAt(object, 'metadata', 'ownerReferences');
  if (references.length === 0) return true;
  const uid = textAt(owner, 'metadata', 'uid');
  return references.some((reference) =>
    uid !== undefined && textAt(reference, 'uid') !== undefined
      ? textAt(reference, 'uid') === uid
      : textAt(reference, 'name') === textAt(owner, 'metadata', 'name'),
  );
}

/** Of a Deployment: the pods of its new ReplicaSet. */
export function deploymentPods({ object, observed }: Subject): RevisionPods {
  const pods = (observed.pods ?? []).filter(isFields);
  if (!observed.replicaSets?.length) return byNewest(pods, TEMPLATE_HASH);
  const set = newReplicaSet(object, observed.replicaSets);
  const hash = textAt(set, 'metadata', 'labels', TEMPLATE_HASH);
  return split(pods, (pod) => {
    if (set === undefined) return false;
    const own = textAt(pod, 'metadata', 'labels', TEMPLATE_HASH);
    return hash !== undefined && own !== undefined ? own === hash : isOwnedBy(pod, set);
  });
}

/** Of a StatefulSet: the pods of its update revision; without one all of them. */
export function statefulSetPods({ object, observed }: Subject): RevisionPods {
  const pods = (observed.pods ?? []).filter(isFields);
  const revision = textAt(object, 'status', 'updateRevision');
  if (revision === undefined || textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return { current: pods, old: [] };
  return byLabel(pods, REVISION_HASH, revision);
}

/** Of a DaemonSet, whose status names no revision: the pods of its newest ControllerRevision. */
export function daemonSetPods({ object, observed }: Subject): RevisionPods {
  const pods = (observed.pods ?? []).filter(isFields);
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return { current: pods, old: [] };
  const hash = newestRevision(object, observed.controllerRevisions);
  return hash === undefined ? byNewest(pods, REVISION_HASH) : byLabel(pods, REVISION_HASH, hash);
}

export const ARGO_HASH = 'rollouts-pod-template-hash';

/** Of an Argo Rollout, which names the hash of its present template itself. */
export function argoRolloutPods({ object, observed }: Subject): RevisionPods {
  const pods = (observed.pods ?? []).filter(isFields);
  const hash = textAt(object, 'status', 'currentPodHash');
  return hash === undefined ? { current: pods, old: [] } : byLabel(pods, ARGO_HASH, hash);
}

/** The hash of the newest ControllerRevision. */
export function newestRevision(owner: unknown, revisions: readonly unknown[] | undefined): string | undefined {
  const [newest] = (revisions ?? [])
    .filter(isFields)
    .filter((revision) => isOwnedBy(revision, owner))
    .toSorted((left, right) => (integerAt(right, 'revision') ?? 0) - (integerAt(left, 'revision') ?? 0));
  return textAt(newest, 'metadata', 'labels', REVISION_HASH);
}

function byLabel(pods: readonly Fields[], label: string, value: string): RevisionPods {
  // A pod without the label was made by nobody who rolls: it counts, lest a failure go unseen.
  return split(pods, (pod) => (textAt(pod, 'metadata', 'labels', label) ?? value) === value);
}

/** Where nothing says which hash is the new one, it is that of the youngest pod. */
function byNewest(pods: readonly Fields[], label: string): RevisionPods {
  const [youngest] = pods.toSorted((left, right) => createdAt(right) - createdAt(left));
  const hash = textAt(youngest, 'metadata', 'labels', label);
  return hash === undefined ? { current: pods, old: [] } : byLabel(pods, label, hash);
}

function split(pods: readonly Fields[], isCurrent: (pod: Fields) => boolean): RevisionPods {
  return { current: pods.filter(isCurrent), old: pods.filter((pod) => !isCurrent(pod)) };
}

function createdAt(object: Fields): number {
  return instantAt(object, 'metadata', 'creationTimestamp') ?? 0;
}
