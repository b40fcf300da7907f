import { textAt } from '../../../kubernetes/fields.ts';
import { tidy } from '../causes/tidy.ts';
import { eventsOn } from '../events.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';

export function judgeClaim(scene: Scene): Verdict {
  const phase = textAt(scene.object, 'status', 'phase');
  if (phase === 'Bound') return say(scene, 'done', 'Bound', 'bound to a volume');
  if (phase === 'Lost') return say(scene, 'failed', 'Lost', 'its volume is gone, and the data on it');
  const [event] = eventsOn(scene.object, scene.observed.events, ['ProvisioningFailed', 'FailedBinding', 'WaitForFirstConsumer']);
  return say(scene, 'waiting', 'NotBound', event === undefined ? 'not bound to a volume yet' : tidy(event.message));
}

export function judgeVolume(scene: Scene): Verdict {
  const phase = textAt(scene.object, 'status', 'phase') ?? 'Pending';
  if (phase === 'Failed')
    return say(scene, 'failed', 'Failed', tidy(textAt(scene.object, 'status', 'message') ?? 'it could not be recycled'));
  return say(scene, phase === 'Pending' ? 'waiting' : 'done', phase, `its phase is ${phase}`);
}
