import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../../kubernetes/client.ts';
import { ForbiddenError, NotFoundError } from '../../kubernetes/errors.ts';
import { type Fields, fieldsAt, integerAt, textAt } from '../../kubernetes/fields.ts';
import { mapLimit } from '../../platform/map-limit.ts';
import { currentPods } from '../verdict/pods/current-pods.ts';
import { isLeaving, isReady } from '../verdict/pods/pod-findings.ts';
import { ARGO_HASH, newestRevision, newReplicaSet, REVISION_HASH, TEMPLATE_HASH } from '../verdict/pods/revision-pods.ts';
import type { Observed } from '../verdict/scene.ts';
import { selectorText } from './label-selector.ts';
import { CONTROLLER_REVISIONS, EVENTS, PODS, REPLICA_SETS, RESOURCES, type RolloutTarget } from './target.ts';
import { trimEvent, trimOwned, trimPod } from './trim.ts';

/** Pods beyond are counted and not looked at: what ails one of a thousand of a template ails the others. */
const MOST_PODS = 1_000;
/** Pods whose Events are asked for. */
const TOLD_PODS = 3;
const CALLS_IN_FLIGHT = 4;

/** One look at a workload and what is around it. */
export interface Look {
  readonly observed: Observed;
  /** What could not be looked at, for people; the verdict does without. */
  readonly unseen: readonly string[];
}

export interface LookOptions {
  readonly signal: AbortSignal;
  /** Whether Events are worth their calls: for what is not done. */
  readonly needsEvents: (observed: Observed) => boolean;
}

/**
 * Reads a workload, its ReplicaSets or ControllerRevisions, the pods of its new revision, and, where something is not done, their Events:
 * at most three calls for a good rollout. What may not be read, but the workload itself, is left out and told.
 * @throws KubernetesError when the workload cannot be read; NotFoundError when it does not exist
 */
export async function observeRollout(client: KubernetesClient, target: RolloutTarget, options: LookOptions): Promise<Look> {
  const { signal, needsEvents } = options;
  const { namespace, name, kind } = target;
  const resource = RESOURCES[kind];
  const answer = await client.get<KubernetesObject>(resource, { namespace, name }, { signal });
  const object: Fields = { apiVersion: `${resource.group}/${resource.version}`, kind, ...answer };
  if (isLeaving(object) || !isSeen(object)) return { observed: { object }, unseen: [] };
  const reader = new Reader(client, namespace, signal);
  const observed = await withRevision(reader, target, object);
  const events = needsEvents(observed) ? await eventsAround(reader, target, observed) : undefined;
  return { observed: { ...observed, ...(events && { events }) }, unseen: reader.unseen };
}

/** Before its controller has seen the new spec, what is around an object belongs to the old one. */
function isSeen(object: Fields): boolean {
  const seen = integerAt(object, 'status', 'observedGeneration');
  return seen === undefined || seen >= (integerAt(object, 'metadata', 'generation') ?? 0);
}

async function withRevision(reader: Reader, { kind }: RolloutTarget, object: Fields): Promise<Observed> {
  const selector = selectorText(fieldsAt(object, 'spec', 'selector'));
  if (selector === undefined) return { object };
  const withPods = async (observed: Observed, label?: string, hash?: string): Promise<Observed> => {
    const pods = await reader.pods(label === undefined || hash === undefined ? selector : `${selector},${label}=${hash}`);
    return { ...observed, ...(pods && { pods }) };
  };
  switch (kind) {
    case 'Deployment': {
      const replicaSets = await reader.owned(REPLICA_SETS, selector);
      if (replicaSets === undefined) return withPods({ object });
      const hash = textAt(newReplicaSet(object, replicaSets), 'metadata', 'labels', TEMPLATE_HASH);
      // Where no ReplicaSet is the new one there is no new pod either.
      return hash === undefined ? { object, replicaSets, pods: [] } : withPods({ object, replicaSets }, TEMPLATE_HASH, hash);
    }
    case 'DaemonSet': {
      const controllerRevisions = await reader.owned(CONTROLLER_REVISIONS, selector);
      if (controllerRevisions === undefined) return withPods({ object });
      const onDelete = textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
      return withPods({ object, controllerRevisions }, REVISION_HASH, onDelete ? undefined : newestRevision(object, controllerRevisions));
    }
    // Old pods are few, and a failing one may hold up the others.
    case 'StatefulSet':
    case 'Job':
      return withPods({ object });
    case 'Rollout':
      return withPods({ object }, ARGO_HASH, textAt(object, 'status', 'currentPodHash'));
    default:
      return kind satisfies never;
  }
}

/** Events of the workload, and of a few of its pods that are not as they should be. */
async function eventsAround(reader: Reader, { kind }: RolloutTarget, observed: Observed): Promise<readonly Fields[]> {
  const ailing = currentPods(kind, observed).filter((pod) => !isReady(pod) && !isLeaving(pod));
  const uids = [observed.object, ...ailing.slice(0, TOLD_PODS)].flatMap((object) => textAt(object, 'metadata', 'uid') ?? []);
  const lists = await mapLimit(uids, CALLS_IN_FLIGHT, (uid) => reader.events(uid));
  return lists.flat();
}

/** Lists of one namespace; what may not be listed, or is not served, is told once and left out. */
class Reader {
  readonly unseen: string[] = [];
  readonly #client: KubernetesClient;
  readonly #namespace: string;
  readonly #signal: AbortSignal;

  constructor(client: KubernetesClient, namespace: string, signal: AbortSignal) {
    this.#client = client;
    this.#namespace = namespace;
    this.#signal = signal;
  }

  async pods(labelSelector: string): Promise<readonly Fields[] | undefined> {
    let seen = 0;
    const found = await this.#list(PODS, { labelSelector }, (pod) => (++seen > MOST_PODS ? undefined : trimPod(pod)));
    if (seen > MOST_PODS) this.unseen.push(`${seen - MOST_PODS} of ${seen} pods were not looked at`);
    return found;
  }

  owned(resource: Resource, labelSelector: string): Promise<readonly Fields[] | undefined> {
    return this.#list(resource, { labelSelector }, (object) => trimOwned(resource.kind, object));
  }

  async events(uid: string): Promise<readonly Fields[]> {
    return (await this.#list(EVENTS, { fieldSelector: `involvedObject.uid=${uid}` }, trimEvent)) ?? [];
  }

  async #list(
    resource: Resource,
    selector: object,
    select: (object: unknown) => Fields | undefined,
  ): Promise<readonly Fields[] | undefined> {
    try {
      return await this.#client.list(resource, { ...selector, namespace: this.#namespace, select, signal: this.#signal });
    } catch (error) {
      if (!(error instanceof ForbiddenError || error instanceof NotFoundError)) throw error;
      const line = `${resource.plural} may not be listed, so failures are told later and with less: ${error.message}`;
      if (!this.unseen.includes(line)) this.unseen.push(line);
      return undefined;
    }
  }
}
