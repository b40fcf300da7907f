import type { Fields } from '../../../kubernetes/fields.ts';
import type { Reason, Verdict } from '../outcome.ts';
import { because, type Scene, warning } from '../scene.ts';
import type { Finding } from './finding.ts';
import { groupFindings } from './group-findings.ts';
import { hasEnded, isLeaving, podFindings } from './pod-findings.ts';
import { podScene } from './pod-scene.ts';

/** The pods that a workload's rollout is about, and those that it replaces. */
export interface RevisionPods {
  readonly current: readonly Fields[];
  readonly old: readonly Fields[];
}

/**
 * What the counters of a workload say, and what its new pods know better: a pod that will never run ends a wait, and fails what looks complete.
 * Old pods fail nothing.
 */
export function withPods(scene: Scene, base: Verdict, { current }: RevisionPods): Verdict {
  const living = current.filter((pod) => !isLeaving(pod) && !hasEnded(pod));
  const findings = living.flatMap((pod) => podFindings(podScene(scene, pod)));
  const told = (weight: Finding['weight']): readonly Reason[] =>
    groupFindings(
      findings.filter((finding) => finding.weight === weight),
      living.length,
    );
  const failures = told('failed');
  const noted = warning(base, ...told('note').map(({ message }) => message));
  switch (base.outcome) {
    case 'waiting':
      if (failures.length > 0) return { ...noted, outcome: 'failed', reasons: [...failures, ...base.reasons] };
      return because(noted, ...told('waiting'), ...told('degraded'));
    case 'done':
      if (failures.length > 0) return { ...noted, outcome: 'failed', reasons: failures };
      return told('degraded').length > 0 ? { ...noted, outcome: 'degraded', reasons: told('degraded') } : noted;
    case 'failed':
      // The deadline is no cause; what the pods say is.
      return { ...noted, reasons: [...failures, ...base.reasons, ...told('waiting')] };
    case 'blocked':
    case 'degraded':
    case 'ignored':
    case 'terminating':
      return because(noted, ...failures);
    default:
      return base.outcome satisfies never;
  }
}
