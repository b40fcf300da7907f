import { type Fields, instantAt } from '../../../kubernetes/fields.ts';
import { conditionsOf } from '../conditions.ts';
import type { VerdictPolicy } from '../policy.ts';
import type { Container } from './container.ts';

/** The waiting reasons of a container that mean trouble, and what is done about each: which grace it has. */
const GRACES: Readonly<Record<string, keyof VerdictPolicy>> = {
  ErrImagePull: 'imagePullMs',
  ImagePullBackOff: 'imagePullMs',
  RegistryUnavailable: 'imagePullMs',
  ImageInspectError: 'imagePullMs',
  SignatureValidationFailed: 'imagePullMs',
  InvalidImageName: 'hopelessMs',
  ErrImageNeverPull: 'hopelessMs',
  CreateContainerConfigError: 'containerErrorMs',
  CreateContainerError: 'containerErrorMs',
  RunContainerError: 'containerErrorMs',
  StartError: 'containerErrorMs',
  ContainerCannotRun: 'containerErrorMs',
  CrashLoopBackOff: 'crashLoopMs',
};

/** Kinds of trouble to come: the kubelet and its runtimes end all their names of errors so. */
const TROUBLE = /^Err|Error$|BackOff$/;

/** Milliseconds that a container may be kept waiting for this reason; undefined when the reason is no trouble. */
export function graceOf(reason: string, policy: VerdictPolicy): number | undefined {
  const named = Object.hasOwn(GRACES, reason) ? GRACES[reason] : undefined;
  if (named !== undefined) return policy[named];
  return TROUBLE.test(reason) ? policy.containerErrorMs : undefined;
}

export function isPullTrouble(reason: string): boolean {
  return GRACES[reason] === 'imagePullMs' || GRACES[reason] === 'hopelessMs';
}

/**
 * From when on a container can have been in trouble, epoch milliseconds: a `waiting` state carries no time of its own. It is the latest of what must
 * have happened before: the pod got its node, its init containers ended, the container's last run ended.
 */
export function troubledSince(pod: Fields, { role, status }: Container): number | undefined {
  const turned = (type: string): number | undefined =>
    conditionsOf(pod)
      .filter((each) => each.type === type && each.status === 'True')
      .map(({ fields }) => instantAt(fields, 'lastTransitionTime'))
      .find((time) => time !== undefined);
  const times = [
    instantAt(pod, 'metadata', 'creationTimestamp'),
    turned('PodScheduled'),
    role === 'main' ? turned('Initialized') : undefined,
    instantAt(status, 'lastState', 'terminated', 'finishedAt'),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Whether the grace is over. Without any time nothing says that it has only begun; none at all is over even for a clock that is behind. */
export function isOver(since: number | undefined, graceMs: number, now: number): boolean {
  return graceMs <= 0 || since === undefined || now - since >= graceMs;
}
