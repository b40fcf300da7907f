import { integerAt } from '../../../kubernetes/fields.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';

/** A count of the status; one that is missing is 0, because the API leaves zeros out. */
export function count(scene: Pick<Scene, 'object'>, field: string): number {
  return integerAt(scene.object, 'status', field) ?? 0;
}

/** `spec.replicas`, which the API server defaults to 1. */
export function wantedReplicas({ object }: Pick<Scene, 'object'>): number {
  return integerAt(object, 'spec', 'replicas') ?? 1;
}

/** Nobody wants a pod, and none is left: whatever the conditions say of the time before. */
export function scaledToZero(scene: Scene): Verdict | undefined {
  if (integerAt(scene.object, 'spec', 'replicas') !== 0 || count(scene, 'replicas') !== 0) return undefined;
  return say(scene, 'done', 'ScaledToZero', 'no replicas are wanted, and none is left');
}

export interface Step {
  /** Whether the rollout is not beyond this step yet. */
  readonly waits: boolean;
  readonly reason: string;
  readonly message: string;
}

/** The first step that is not done yet, as a verdict. */
export function firstStep(scene: Scene, steps: readonly Step[]): Verdict | undefined {
  const step = steps.find(({ waits }) => waits);
  return step && say(scene, 'waiting', step.reason, step.message);
}

export function pods(number: number): string {
  return number === 1 ? '1 pod' : `${number} pods`;
}
