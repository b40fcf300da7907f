import { instantAt, textAt } from '../../../kubernetes/fields.ts';
import { tidy } from '../causes/tidy.ts';
import { condition } from '../conditions.ts';
import { eventsOn } from '../events.ts';
import type { Finding } from './finding.ts';
import type { PodScene } from './pod-scene.ts';

/** What cluster-autoscaler and Karpenter say when they make room. */
const SCALE_UPS = ['TriggeredScaleUp', 'Nominated'];
/** What cluster-autoscaler says when it cannot. */
const NO_SCALE_UP = 'NotTriggerScaleUp';

/** What keeps a pod from getting a node; undefined when it has one. */
export function schedulingFinding(scene: PodScene): Omit<Finding, 'pod'> | undefined {
  const { pod } = scene;
  if (textAt(pod, 'spec', 'nodeName') !== undefined) return undefined;
  const scheduled = condition(pod, 'PodScheduled', 'False');
  if (scheduled?.reason === 'SchedulingGated') {
    return { weight: 'waiting', reason: 'SchedulingGated', message: 'its scheduling gates are not removed yet' };
  }
  if (scheduled?.reason !== 'Unschedulable') return undefined;
  return unschedulable(scene, scheduled.message, instantAt(scheduled.fields, 'lastTransitionTime'));
}

function unschedulable({ pod, events, policy, now }: PodScene, why: string, turned: number | undefined): Omit<Finding, 'pod'> {
  const since = turned ?? instantAt(pod, 'metadata', 'creationTimestamp');
  const [scaleUp] = eventsOn(pod, events, SCALE_UPS);
  const [refusal] = eventsOn(pod, events, [NO_SCALE_UP]);
  // A preemption has made room already, and waits for others to leave.
  const nominated = textAt(pod, 'status', 'nominatedNodeName');
  const ends = Math.max(
    since === undefined ? 0 : since + policy.unschedulableMs,
    scaleUp === undefined ? 0 : scaleUp.at + policy.scaleUpMs,
    nominated === undefined || since === undefined ? 0 : since + policy.scaleUpMs,
  );
  const reacted = scaleUp === undefined ? '' : '; an autoscaler adds a node';
  const refused = scaleUp !== undefined || refusal === undefined ? '' : `; the autoscaler: ${tidy(refusal.message)}`;
  const message = `${why || 'no node takes it'}${reacted}${refused}`;
  return { weight: now >= ends ? 'failed' : 'waiting', reason: 'Unschedulable', message };
}
