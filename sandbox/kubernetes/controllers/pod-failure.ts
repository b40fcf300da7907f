import type { ApiObject } from '../api-object.ts';
import { type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { fateOf, type firstFailing } from './pod-fate.ts';
import { addresses, conditions, finishedInits, pulledStatus, waitingStatus } from './pod-status.ts';

type Failing = NonNullable<ReturnType<typeof firstFailing>>;

/** The status of a pod one of whose containers does not come up; a step further each time, until nothing changes any more. */
export function failingStatus(pod: ApiObject, { container: first, isInit, fate }: Failing, now: string): JsonObject {
  const main = (container: Json): JsonObject => {
    if (container === first) return failingContainer(pod, container, fate, now);
    return fateOf(container) === 'runs'
      ? pulledStatus(container, true, { running: { startedAt: now } })
      : waitingStatus(container, 'ContainerCreating');
  };
  const containers = listAt(pod, 'spec', 'containers');
  const inits = listAt(pod, 'spec', 'initContainers');
  const done = inits.slice(0, Math.max(0, inits.indexOf(first)));
  const terminated = { exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now };
  return {
    ...objectAt(pod, 'status'),
    phase: phaseOf(pod, { isInit, fate }),
    conditions: failingConditions(isInit, now),
    startTime: textAt(pod, 'status', 'startTime') ?? now,
    ...addresses(pod),
    ...(isInit
      ? {
          initContainerStatuses: inits.map((container) => {
            if (container === first) return failingContainer(pod, container, fate, now);
            return done.includes(container) ? pulledStatus(container, true, { terminated }) : waitingStatus(container, 'PodInitializing');
          }),
          containerStatuses: containers.map((container) => waitingStatus(container, 'PodInitializing')),
        }
      : { ...finishedInits(pod, now), containerStatuses: containers.map(main) }),
  };
}

/** Nothing further happens to a pod that has come so far. */
export function isSettled(pod: ApiObject): boolean {
  const statuses = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')];
  const waiting = statuses.map((status) => textAt(status, 'state', 'waiting', 'reason'));
  return waiting.includes('ImagePullBackOff') || waiting.includes('CrashLoopBackOff');
}

function phaseOf(pod: ApiObject, { isInit, fate }: Pick<Failing, 'isInit' | 'fate'>): string {
  if (fate === 'crash' && textAt(pod, 'spec', 'restartPolicy') === 'Never') return 'Failed';
  return isInit || fate === 'missing' || fate === 'denied' ? 'Pending' : 'Running';
}

function failingConditions(isInit: boolean, now: string): JsonObject[] {
  return [
    ...conditions(['PodReadyToStartContainers', 'PodScheduled'], 'True', now),
    ...conditions(['Initialized'], isInit ? 'False' : 'True', now, isInit ? 'ContainersNotInitialized' : undefined),
    ...conditions(['Ready', 'ContainersReady'], 'False', now, 'ContainersNotReady'),
  ];
}

function failingContainer(pod: ApiObject, container: Json, fate: Failing['fate'], now: string): JsonObject {
  switch (fate) {
    case 'unready':
      return pulledStatus(container, false, { running: { startedAt: now } }, { started: true });
    case 'crash':
      return crashed(pod, container, now);
    case 'missing':
    case 'denied': {
      const before = [...listAt(pod, 'status', 'containerStatuses'), ...listAt(pod, 'status', 'initContainerStatuses')];
      const tried = before.some((status) => textAt(status, 'state', 'waiting', 'reason') === 'ErrImagePull');
      const image = textAt(container, 'image') ?? '';
      return tried
        ? waitingStatus(container, 'ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${pullError(image, fate)}`)
        : waitingStatus(container, 'ErrImagePull', pullError(image, fate));
    }
    default:
      return fate satisfies never;
  }
}

function crashed(pod: ApiObject, container: Json, now: string): JsonObject {
  const terminated = { exitCode: 1, reason: 'Error', startedAt: now, finishedAt: now };
  if (textAt(pod, 'spec', 'restartPolicy') === 'Never') return pulledStatus(container, false, { terminated });
  const name = textAt(container, 'name') ?? '';
  const message = `back-off 10s restarting failed container=${name} pod=${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
  return pulledStatus(
    container,
    false,
    { waiting: { reason: 'CrashLoopBackOff', message } },
    { restartCount: 2, lastState: { terminated } },
  );
}

/** What containerd answers, through the kubelet. */
export function pullError(image: string, fate: 'missing' | 'denied'): string {
  const resolve = `failed to pull and unpack image "${image}": failed to resolve reference "${image}"`;
  return fate === 'missing'
    ? `rpc error: code = NotFound desc = ${resolve}: ${image}: not found`
    : `${resolve}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
}
