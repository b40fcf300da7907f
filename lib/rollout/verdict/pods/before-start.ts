import { at, type Fields, listAt, textAt } from '../../../kubernetes/fields.ts';
import { tidy } from '../causes/tidy.ts';
import { condition } from '../conditions.ts';
import { eventsOn, type KnownEvent } from '../events.ts';
import type { Container } from './container.ts';
import type { Finding } from './finding.ts';
import { isOver, troubledSince } from './patience.ts';
import type { PodScene } from './pod-scene.ts';

/** What a container waits for before anything of it exists. */
export const BEFORE_START: readonly string[] = ['ContainerCreating', 'PodInitializing'];

const TROUBLES = ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox'];
/** Said only once volumes and network are there. */
const BEYOND = ['Pulling', 'Pulled', 'Created', 'Started'];
/** What a volume is made of does not exist; the kubelet says so in an Event only, and asks again and again. */
const NOT_THERE = /(?:configmap|secret)s? "[^"]*" not found|references non-existent/i;

/** Everything before the first container takes as long as it takes, but for a volume of something that is not there. */
export function beforeStart(scene: PodScene, container: Container, reason: string): Omit<Finding, 'pod' | 'container'> {
  const { pod, policy, now } = scene;
  const event = trouble(scene);
  if (event === undefined) {
    const message = tidy(textAt(container.status, 'state', 'waiting', 'message') ?? '');
    return { weight: 'waiting', reason, message: message || 'its containers are being made' };
  }
  const over = NOT_THERE.test(event.message) && isOver(troubledSince(pod, container), policy.containerErrorMs, now);
  return { weight: over ? 'failed' : 'waiting', reason: event.reason, message: tidy(event.message) };
}

/** The latest Event of what keeps the pod from starting, unless it has come further since. */
function trouble({ pod, events, policy, now }: PodScene): KnownEvent | undefined {
  if (hasBegun(pod)) return undefined;
  const [event] = eventsOn(pod, events, TROUBLES);
  const [beyond] = eventsOn(pod, events, BEYOND);
  if (event === undefined || now - event.at > policy.eventMs || (beyond !== undefined && beyond.at >= event.at)) return undefined;
  return event;
}

function hasBegun(pod: Fields): boolean {
  if (condition(pod, 'PodReadyToStartContainers', 'True') !== undefined) return true;
  const statuses = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')];
  return statuses.some((status) => at(status, 'state', 'running') !== undefined || at(status, 'state', 'terminated') !== undefined);
}
