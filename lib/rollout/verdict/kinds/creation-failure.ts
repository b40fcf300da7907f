import { tidy } from '../causes/tidy.ts';
import { condition } from '../conditions.ts';
import { eventsOn } from '../events.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';

/** Of a ReplicaFailure condition the reason that no pod can be made: a quota, an admission webhook, a missing service account. */
export function replicaFailure(object: unknown): string | undefined {
  const found = condition(object, 'ReplicaFailure', 'True');
  // The other reason, FailedDelete, keeps an old pod a while longer.
  return found === undefined || found.reason === 'FailedDelete' ? undefined : found.message || 'its pods cannot be made';
}

export function creationFailed(scene: Scene, message: string): Verdict {
  return say(scene, 'failed', 'FailedCreate', message);
}

/** Refusals that asking again does not change; a webhook that is down for a moment is another matter. */
const FINAL = /forbidden|exceeded quota|denied the request|is invalid|violates PodSecurity/i;

/** StatefulSets, DaemonSets and Jobs have no such condition: it is in their Events only, and stands until a pod was made after all. */
export function creationRefused(scene: Scene): string | undefined {
  const { object, observed, now, policy } = scene;
  const [refused] = eventsOn(object, observed.events, ['FailedCreate']);
  const [made] = eventsOn(object, observed.events, ['SuccessfulCreate']);
  if (refused === undefined || now - refused.at > policy.eventMs || (made !== undefined && made.at > refused.at)) return undefined;
  return FINAL.test(refused.message) ? tidy(refused.message) : undefined;
}
