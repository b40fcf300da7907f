import { type Fields, listAt, textAt } from '../../../kubernetes/fields.ts';
import { conditionsOf } from '../conditions.ts';
import { containersOf } from './container.ts';
import { containerFinding } from './container-finding.ts';
import type { Finding } from './finding.ts';
import type { PodScene } from './pod-scene.ts';
import { schedulingFinding } from './scheduling-finding.ts';

/** All there is to tell of a pod that lives: none for one that is on its way out or has ended. */
export function podFindings(scene: PodScene): readonly Finding[] {
  const { pod } = scene;
  const name = nameOf(pod);
  if (isLeaving(pod) || hasEnded(pod)) return [];
  const scheduling = schedulingFinding(scene);
  if (scheduling !== undefined) return [{ pod: name, ...scheduling }];
  const found = containersOf(pod).flatMap((container): Finding[] => {
    const told = containerFinding(scene, container);
    return told === undefined ? [] : [{ pod: name, container: container.name, ...told }];
  });
  // What waits for an init container only says so: the cause is there.
  const causes = found.filter(({ reason }) => reason !== 'PodInitializing');
  return [...(causes.length > 0 ? causes : found), ...closedGates(pod)];
}

/** Readiness gates that nobody has opened yet. */
function closedGates(pod: Fields): readonly Finding[] {
  return listAt(pod, 'spec', 'readinessGates').flatMap((gate): Finding[] => {
    const type = textAt(gate, 'conditionType') ?? '';
    const found = conditionsOf(pod).find((each) => each.type === type);
    if (found?.status === 'True') return [];
    const why = found?.message ? `: ${found.message}` : '';
    return [{ weight: 'waiting', pod: nameOf(pod), reason: 'ReadinessGate', message: `readiness gate ${type} is not True${why}` }];
  });
}

export function nameOf(pod: Fields): string {
  return textAt(pod, 'metadata', 'name') ?? 'unnamed';
}

export function isLeaving(object: Fields): boolean {
  return textAt(object, 'metadata', 'deletionTimestamp') !== undefined;
}

export function hasEnded(pod: Fields): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

export function isReady(pod: Fields): boolean {
  return conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True');
}
