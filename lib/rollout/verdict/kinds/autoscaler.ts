import { type Condition, conditionsOf } from '../conditions.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';

/** An autoscaler that cannot work breaks nothing now, and everything under load. */
export function judgeAutoscaler(scene: Scene): Verdict {
  const conditions = conditionsOf(scene.object);
  const broken = conditions.find(isBroken);
  if (broken) return say(scene, 'degraded', broken.reason || broken.type, broken.message || `${broken.type} is False`);
  if (conditions.some(({ type, status }) => type === 'AbleToScale' && status === 'True')) {
    return say(scene, 'done', 'AbleToScale', 'it can scale its target');
  }
  return say(scene, 'waiting', 'NotObserved', 'its controller has not seen it yet');
}

/** A target that sleeps at 0 replicas switches scaling off, and is no trouble. */
function isBroken({ type, status, reason }: Condition): boolean {
  return status === 'False' && (type === 'AbleToScale' || (type === 'ScalingActive' && reason !== 'ScalingDisabled'));
}
