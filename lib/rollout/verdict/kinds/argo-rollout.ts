import { isFields } from '../../../kubernetes/fields.ts';
import { tidy } from '../causes/tidy.ts';
import type { Outcome, Verdict } from '../outcome.ts';
import { byLabel } from '../pods/revision-pods.ts';
import { withPods } from '../pods/with-pods.ts';
import { textAt } from '../read.ts';
import { type Scene, say } from '../scene.ts';

/** The controller of Argo Rollouts sums its rollout up in one word. */
const PHASES: Readonly<Record<string, Outcome>> = { Healthy: 'done', Progressing: 'waiting', Degraded: 'failed', Paused: 'blocked' };

export function judgeArgoRollout(scene: Scene): Verdict {
  const { object, observed } = scene;
  const phase = textAt(object, 'status', 'phase');
  const known = phase === undefined || !Object.hasOwn(PHASES, phase) ? undefined : PHASES[phase];
  const message =
    tidy(textAt(object, 'status', 'message') ?? '') ||
    (phase === undefined ? 'its controller has not seen it yet' : `its phase is ${phase}`);
  const hash = textAt(object, 'status', 'currentPodHash');
  const pods = (observed.pods ?? []).filter(isFields);
  const current = hash === undefined ? { current: pods, old: [] } : byLabel(pods, 'rollouts-pod-template-hash', hash);
  return withPods(scene, say(scene, known ?? 'waiting', phase ?? 'NotObserved', message), current);
}
