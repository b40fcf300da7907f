import { textAt } from '../../../kubernetes/fields.ts';
import { tidy } from '../causes/tidy.ts';
import type { Outcome, Verdict } from '../outcome.ts';
import { argoRolloutPods } from '../pods/revision-pods.ts';
import { withPods } from '../pods/with-pods.ts';
import { type Scene, say } from '../scene.ts';

/** The controller of Argo Rollouts sums its rollout up in one word. */
const PHASES: Readonly<Record<string, Outcome>> = { Healthy: 'done', Progressing: 'waiting', Degraded: 'failed', Paused: 'blocked' };

export function judgeArgoRollout(scene: Scene): Verdict {
  const { object } = scene;
  const phase = textAt(object, 'status', 'phase');
  const known = phase === undefined || !Object.hasOwn(PHASES, phase) ? undefined : PHASES[phase];
  const message =
    tidy(textAt(object, 'status', 'message') ?? '') ||
    (phase === undefined ? 'its controller has not seen it yet' : `its phase is ${phase}`);
  return withPods(scene, say(scene, known ?? 'waiting', phase ?? 'NotObserved', message), argoRolloutPods(scene));
}
