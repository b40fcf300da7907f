import { condition, conditionsOf } from '../conditions.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';
import { byReady } from './generic.ts';

/** CustomResourceDefinition */
export function judgeDefinition(scene: Scene): Verdict {
  const { object } = scene;
  const refused =
    condition(object, 'NamesAccepted', 'False') ??
    conditionsOf(object).find(({ type, status, reason }) => type === 'Established' && status === 'False' && reason !== 'Installing');
  if (refused) return say(scene, 'failed', refused.reason || refused.type, refused.message || `${refused.type} is False`);
  if (condition(object, 'Established', 'True')) return say(scene, 'done', 'Established', 'its resources are served');
  return say(scene, 'waiting', 'Installing', 'its resources are not served yet');
}

/** APIService: the server behind it answers. */
export function judgeApiService(scene: Scene): Verdict {
  const served = condition(scene.object, 'Available');
  return served === undefined ? say(scene, 'waiting', 'NotObserved', 'nobody has asked its server yet') : byReady(scene, 'Available');
}
