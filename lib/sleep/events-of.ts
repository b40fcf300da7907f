import type { Result } from './apply.ts';
import type { Decision } from './decision.ts';
import type { ObjectEvent } from './events.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { Notice } from './plan.ts';
import type { SleepPolicy } from './policy.ts';

const changeReasons = { sleep: 'Slept', wake: 'Woken' } as const;

/** Which Events a run deserves: a warning per problem and trap, and if asked one per change. */
export function eventsOf(
  decisions: readonly Decision[],
  notices: readonly Notice[],
  results: readonly Result[],
  wanted: SleepPolicy['events'],
): readonly ObjectEvent[] {
  if (wanted === 'none') return [];
  const warnings = [
    ...notices.flatMap((notice) => (notice.namespace === undefined ? [] : [namespaceEvent(notice.namespace, notice.message)])),
    ...decisions.flatMap((decision) =>
      [...decision.problems, ...decision.warnings].map((message) => workloadEvent(decision, 'Warning', 'SleepPolicy', message)),
    ),
  ];
  return wanted === 'changes' ? [...warnings, ...results.flatMap(changeEvent)] : warnings;
}

function changeEvent({ kind, decision }: Result): readonly ObjectEvent[] {
  const { action, workload, from, to, reason } = decision;
  if (kind !== 'done' || (action !== 'sleep' && action !== 'wake')) return [];
  const { describe } = adapterOf(workload.kind);
  return [workloadEvent(decision, 'Normal', changeReasons[action], `${describe(from)} -> ${describe(to)}: ${reason}`)];
}

function workloadEvent({ workload }: Decision, type: ObjectEvent['type'], reason: string, message: string): ObjectEvent {
  const { kind, namespace, name, uid } = workload;
  return { kind, namespace, name, uid, type, reason, message };
}

function namespaceEvent(name: string, message: string): ObjectEvent {
  return { kind: 'Namespace', namespace: '', name, type: 'Warning', reason: 'SleepPolicy', message };
}
