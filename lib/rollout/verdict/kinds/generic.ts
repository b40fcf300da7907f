import { condition } from '../conditions.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';

/** Any kind that has no rule of its own: the conditions that well-behaved controllers agree on, the warning ones first. */
export function judgeGeneric(scene: Scene): Verdict {
  const { object } = scene;
  const stalled = condition(object, 'Stalled', 'True');
  if (stalled) return say(scene, 'failed', stalled.reason || 'Stalled', stalled.message || 'its controller cannot go on');
  const reconciling = condition(object, 'Reconciling', 'True');
  if (reconciling) return say(scene, 'waiting', reconciling.reason || 'Reconciling', reconciling.message || 'its controller is at work');
  return byReady(scene, 'Ready');
}

/** By one condition: `True` is done, `False` and `Unknown` wait, an object that has none has nothing to wait for. */
export function byReady(scene: Scene, type: string): Verdict {
  const { object } = scene;
  const found = condition(object, type, 'True') ?? condition(object, type, 'False') ?? condition(object, type, 'Unknown');
  if (found === undefined) return say(scene, 'done', 'Exists', 'it exists, and says nothing else of itself');
  const reason = found.reason || type;
  if (found.status === 'True') return say(scene, 'done', reason, found.message || `${type} is True`);
  return say(scene, 'waiting', reason, found.message || `${type} is ${found.status}`);
}
