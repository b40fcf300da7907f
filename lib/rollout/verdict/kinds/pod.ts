import { type Fields, fieldsAt, integerAt, listAt, textAt } from '../../../kubernetes/fields.ts';
import { exitCause } from '../causes/exit-cause.ts';
import { tidy } from '../causes/tidy.ts';
import { condition } from '../conditions.ts';
import type { Reason, Verdict } from '../outcome.ts';
import { containersOf } from '../pods/container.ts';
import type { Finding } from '../pods/finding.ts';
import { isReady, podFindings } from '../pods/pod-findings.ts';
import { podScene } from '../pods/pod-scene.ts';
import { because, refOf, type Scene, say, warning } from '../scene.ts';

export function judgePod(scene: Scene): Verdict {
  const phase = textAt(scene.object, 'status', 'phase');
  switch (phase) {
    case 'Succeeded':
      return say(scene, 'done', 'Succeeded', 'it ran to its end');
    case 'Failed':
      return failedPod(scene);
    case 'Pending':
    case 'Running':
      return livePod(scene, phase);
    default:
      return say(scene, 'waiting', phase ?? 'NotObserved', phase === undefined ? 'no kubelet has seen it yet' : 'its node does not answer');
  }
}

function livePod(scene: Scene, phase: string): Verdict {
  const findings = podFindings(podScene(scene, scene.object));
  const told = (weight: Finding['weight']): readonly Reason[] =>
    findings
      .filter((finding) => finding.weight === weight)
      .map(({ container, reason, message }) => ({ resource: scene.ref, ...(container !== undefined && { container }), reason, message }));
  const [failed, waiting, degraded] = [told('failed'), told('waiting'), told('degraded')];
  const warnings = told('note').map(({ container, message }) => `${scene.ref}, container ${container}: ${message}`);
  if (failed.length > 0) return { outcome: 'failed', reasons: [...failed, ...waiting], warnings };
  if (phase === 'Running' && isReady(scene.object)) {
    if (degraded.length > 0) return { outcome: 'degraded', reasons: degraded, warnings };
    return warning(say(scene, 'done', 'Ready', 'running and ready'), ...warnings);
  }
  if (waiting.length > 0) return { outcome: 'waiting', reasons: [...waiting, ...degraded], warnings };
  return warning(
    because(say(scene, 'waiting', phase === 'Pending' ? 'Pending' : 'NotReady', whyNotReady(scene.object)), ...degraded),
    ...warnings,
  );
}

function whyNotReady(pod: Fields): string {
  return condition(pod, 'Ready', 'False')?.message || condition(pod, 'PodScheduled', 'False')?.message || 'not ready yet';
}

/** A pod that ended counts for nothing when somebody has put another in its place. */
function failedPod(scene: Scene): Verdict {
  const why = whyFailed(scene.object);
  const reason = textAt(scene.object, 'status', 'reason') ?? 'Failed';
  const owner = ownerVerdict(scene);
  if (owner === undefined) return say(scene, 'failed', reason, why);
  switch (owner.outcome) {
    case 'done':
    case 'degraded':
    case 'ignored':
      return warning(say(scene, 'ignored', reason, `${why}; its owner is healthy`), ...owner.warnings);
    case 'waiting':
    case 'blocked':
    case 'terminating':
      return because(say(scene, 'waiting', reason, `${why}; its owner is not healthy yet`), ...owner.reasons);
    case 'failed':
      return because(say(scene, 'failed', reason, why), ...owner.reasons);
    default:
      return owner.outcome satisfies never;
  }
}

/** What the nearest known owner is like; nothing for a pod that nobody would replace. */
function ownerVerdict({ object, observed, judge }: Scene): Verdict | undefined {
  const reference = listAt(object, 'metadata', 'ownerReferences').find(({ controller }) => controller !== false);
  const known = (observed.owners ?? []).filter((owner) => textAt(owner, 'metadata', 'name') !== undefined);
  const owner = known.find((each) => textAt(each, 'metadata', 'name') === textAt(reference, 'name')) ?? known[0];
  if (owner !== undefined) return judge({ object: owner });
  if (reference === undefined) return undefined;
  const name = `${textAt(reference, 'kind') ?? 'owner'}/${textAt(reference, 'name') ?? 'unnamed'}`;
  return warning(say({ ref: name }, 'ignored', 'NotSeen', 'its owner judges it'), `${refOf(object)}: its owner ${name} was not looked at`);
}

function whyFailed(pod: Fields): string {
  const message = tidy(textAt(pod, 'status', 'message') ?? '');
  if (message !== '') return message;
  const ended = containersOf(pod).find(({ status }) => (integerAt(status, 'state', 'terminated', 'exitCode') ?? 0) !== 0);
  if (ended === undefined) return 'it failed';
  return `container ${ended.name} ${exitCause(fieldsAt(ended.status, 'state', 'terminated'), ended.memoryLimit)}`;
}
