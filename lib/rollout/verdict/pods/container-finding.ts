import { at, type Fields, fieldsAt, integerAt, textAt } from '../../../kubernetes/fields.ts';
import { exitCause } from '../causes/exit-cause.ts';
import { pullCause } from '../causes/pull-cause.ts';
import { tidy } from '../causes/tidy.ts';
import { eventsNaming, eventsOn } from '../events.ts';
import { BEFORE_START, beforeStart } from './before-start.ts';
import type { Container } from './container.ts';
import type { Finding } from './finding.ts';
import { graceOf, isOver, isPullTrouble, troubledSince } from './patience.ts';
import type { PodScene } from './pod-scene.ts';

type Told = Omit<Finding, 'pod' | 'container'>;

/** What there is to tell of one container; undefined when it is as it should be. */
export function containerFinding(scene: PodScene, container: Container): Told | undefined {
  const { status } = container;
  if (at(status, 'state', 'waiting') !== undefined) return whileWaiting(scene, container);
  if (at(status, 'state', 'terminated') !== undefined) return afterExit(scene, container);
  return whileRunning(scene, container);
}

function whileWaiting(scene: PodScene, container: Container): Told | undefined {
  const { pod, policy, now } = scene;
  const reason = textAt(container.status, 'state', 'waiting', 'reason') ?? 'ContainerCreating';
  if (BEFORE_START.includes(reason)) return beforeStart(scene, container, reason);
  const grace = graceOf(reason, policy);
  const message = whyWaiting(scene, container, reason);
  if (grace === undefined) return { weight: 'waiting', reason, message };
  // A Job counts the failures of its pods itself, and starts them again as often as it was told to.
  const counted = reason === 'CrashLoopBackOff' && scene.retriedByJob;
  const over = !counted && isOver(troubledSince(pod, container), grace, now);
  return { weight: over ? 'failed' : 'waiting', reason, message };
}

function whyWaiting({ pod, events }: PodScene, { status, image, memoryLimit }: Container, reason: string): string {
  const message = textAt(status, 'state', 'waiting', 'message') ?? '';
  if (isPullTrouble(reason)) {
    // Once it backs off, an older kubelet says no more than that; the cause is in the event then.
    const naming = image === undefined ? [] : eventsNaming(image, events, ['Failed']);
    const [event = naming[0]] = eventsOn(pod, events, ['Failed']).filter((each) => image !== undefined && each.message.includes(image));
    return pullCause(reason, `${message} ${event?.message ?? ''}`.trim(), image);
  }
  if (reason === 'CrashLoopBackOff') return crashes(status, memoryLimit);
  return tidy(message) || reason;
}

function crashes(status: Fields, memoryLimit: string | undefined): string {
  const restarts = integerAt(status, 'restartCount') ?? 0;
  const last = fieldsAt(status, 'lastState', 'terminated');
  const cause = Object.keys(last).length === 0 ? 'it ends again and again' : exitCause(last, memoryLimit);
  return restarts === 0 ? cause : `${cause}, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
}

function afterExit({ restarts }: PodScene, { role, status, memoryLimit }: Container): Told | undefined {
  const terminated = fieldsAt(status, 'state', 'terminated');
  if (integerAt(terminated, 'exitCode') === 0 && (role === 'init' || restarts !== 'Always')) return undefined;
  return { weight: 'waiting', reason: textAt(terminated, 'reason') ?? 'Exited', message: exitCause(terminated, memoryLimit) };
}

function whileRunning(scene: PodScene, { role, status, memoryLimit }: Container): Told | undefined {
  const restarts = integerAt(status, 'restartCount') ?? 0;
  const last = fieldsAt(status, 'lastState', 'terminated');
  const again = `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  if (textAt(last, 'reason') === 'OOMKilled') {
    return { weight: 'degraded', reason: 'OOMKilled', message: `${exitCause(last, memoryLimit)}, ${again}; it runs again` };
  }
  if (role !== 'init' && at(status, 'ready') === false && at(status, 'state', 'running') !== undefined) return notReady(scene, status);
  if (restarts === 0 || Object.keys(last).length === 0 || integerAt(last, 'exitCode') === 0) return undefined;
  return { weight: 'note', reason: 'Restarted', message: `${exitCause(last, memoryLimit)}, ${again}; it runs again` };
}

function notReady({ pod, events }: PodScene, status: Fields): Told {
  const [event] = eventsOn(pod, events, ['Unhealthy', 'ProbeWarning']);
  const probe = at(status, 'started') === false ? 'not started yet' : 'not ready';
  return { weight: 'waiting', reason: 'NotReady', message: event === undefined ? probe : `${probe}: ${tidy(event.message)}` };
}
