import { at, isFields } from '../../kubernetes/fields.ts';
import { generationOf } from './generation.ts';
import { ruleOf } from './kinds/kinds.ts';
import type { Verdict } from './outcome.ts';
import { DEFAULT_VERDICT_POLICY, type VerdictPolicy } from './policy.ts';
import { type Observed, refOf, type Scene, say, warning } from './scene.ts';

/**
 * Whether a deployed resource is as it was asked to be. A superset of what kstatus and kubectl look at, and compatible with neither: it reads
 * pods, ReplicaSets and Events too, tells what will not heal from what may, and names the cause. Total: whatever the object holds, it answers.
 * Waiting ends by the timestamps of the objects, so it does not matter since when one looks.
 * @param now epoch milliseconds
 * @example
 * verdict({ object: deployment, pods, replicaSets, events }, clock.now()).outcome; // 'failed'
 */
export function verdict(observed: Observed, now: number, policy: VerdictPolicy = DEFAULT_VERDICT_POLICY): Verdict {
  const { object } = observed;
  if (!isFields(object)) return say({ ref: refOf(object) }, 'failed', 'NotAnObject', 'this is no Kubernetes object');
  const judge = (other: Observed): Verdict => verdict(other, now, policy);
  const scene: Scene = { object, ref: refOf(object), observed, now, policy, judge };
  if (isBeingDeleted(object)) return say(scene, 'terminating', 'Terminating', 'it is being deleted');
  const rule = ruleOf(object);
  const { problem, warnings } = generationOf(scene, rule.alwaysObserved ?? false);
  return problem ?? warning(rule.judge(scene), ...warnings);
}

function isBeingDeleted(object: unknown): boolean {
  const deleted = at(object, 'metadata', 'deletionTimestamp');
  return deleted !== undefined && deleted !== null && deleted !== '';
}
