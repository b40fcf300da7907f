import { type Fields, listAt, textAt } from '../../../kubernetes/fields.ts';
import type { Scene } from '../scene.ts';

/** One pod, and what its findings depend on. */
export interface PodScene extends Pick<Scene, 'now' | 'policy'> {
  readonly pod: Fields;
  readonly events: readonly unknown[] | undefined;
  /** Its `restartPolicy`. */
  readonly restarts: string;
  /** Its containers may fail: the Job that it belongs to counts how often. */
  readonly retriedByJob: boolean;
}

export function podScene({ now, policy, observed }: Pick<Scene, 'now' | 'policy' | 'observed'>, pod: Fields): PodScene {
  const restarts = textAt(pod, 'spec', 'restartPolicy') ?? 'Always';
  const ownedByJob = listAt(pod, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'kind') === 'Job');
  return { now, policy, pod, events: observed.events, restarts, retriedByJob: ownedByJob && restarts !== 'Always' };
}
