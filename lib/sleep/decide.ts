import type { Action, Decision } from './decision.ts';
import { type Exclusion, excludedByAnnotation, excludedByScaler } from './exclusion.ts';
import { adapterOf } from './kinds/kinds.ts';
import { type Original, originalOf } from './original.ts';
import type { Rules } from './rules.ts';
import { problemsOf, readAnnotations, type Scope } from './scope.ts';
import { type Wanted, wantedState } from './wanted.ts';
import { refOf, type Workload } from './workload.ts';

/** What the rules below look at. */
interface Case {
  readonly workload: Workload;
  readonly rules: Rules;
  readonly scopes: readonly Scope[];
  readonly original: Original;
  readonly takesPart: boolean;
  readonly warnings: readonly string[];
}

type Said = Pick<Wanted, 'reason' | 'spec' | 'scope' | 'problem' | 'warning'> & { readonly problems?: readonly string[] };

/**
 * Decides one workload: total and deterministic. When unsure the answer is to stay, or to become, awake; a record that is still owed is
 * never replaced. Deciding again after the decision was carried out yields no change.
 */
export function decide(workload: Workload, rules: Rules): Decision {
  const out = rules.filters.workloadOut(workload);
  const original = originalOf(workload);
  const takesPart = out === undefined && !workload.deleting;
  const untouched: Case = { workload, rules, original, takesPart, scopes: [], warnings: [] };
  if (out?.kind === 'filtered') return outcome(untouched, 'none', out);
  if (workload.deleting) return outcome(untouched, 'skip', { reason: 'is being deleted' });
  if (out?.kind === 'owned') return outcome(untouched, 'skip', ownedSleeper(workload, out, original));

  const own = readAnnotations('workload', workload.annotations, rules.options);
  const scopes = [own, rules.namespaceScope(workload.namespace), ...rules.configuration];
  const it: Case = { workload, rules, scopes, original, takesPart, warnings: own.warnings };
  if (original.kind === 'unreadable') {
    const reason = `downscaler/original-replicas cannot be read: ${JSON.stringify(original.text.slice(0, 60))}; object and record are left alone`;
    return outcome(it, 'skip', { reason, problem: reason });
  }
  const excluded = out ?? excludedByScaler(workload, rules.scaleTargets) ?? excludedByAnnotation(scopes, rules.now);
  if (excluded) return whenExcluded(it, excluded);
  const kind = adapterOf(workload.kind);
  const [unreadable] = scopes.flatMap((scope) => problemsOf(scope, kind).map((problem) => `${scope.label}: ${problem}`));
  if (unreadable !== undefined) return whenUp(it, { reason: `stays awake: ${unreadable}`, problems: problemsOf(own, kind) });
  const wanted = wantedState(scopes, rules.now, rules.intent);
  switch (wanted.state) {
    case 'up':
      return whenUp(it, wanted);
    case 'down':
      return whenDown(it, wanted);
    case 'leave':
      return outcome(it, 'skip', wanted);
    default:
      return wanted.state satisfies never;
  }
}

/** An object that someone wants left alone is touched only to give it back what a sleep took: its size, and then its freedom from the record. */
function whenExcluded(it: Case, { reason }: Exclusion): Decision {
  if (it.original.kind !== 'recorded') return outcome(it, 'skip', { reason });
  const { owed } = it.original;
  if (it.rules.policy.excludedSleepers === 'keep')
    return outcome(it, 'skip', { reason: owed ? `${reason}; asleep, and kept so by the policy` : reason });
  return whenUp(it, { reason: owed ? `${reason}; was asleep` : reason });
}

function whenUp(it: Case, wanted: Said): Decision {
  if (it.original.kind !== 'recorded') return outcome(it, 'none', wanted);
  const { size, owed } = it.original;
  if (owed) return outcome(it, 'wake', wanted, size);
  if (it.workload.size === size) return outcome(it, 'clear', { ...wanted, reason: `${wanted.reason}; its record is no longer owed` });
  const drift = `runs ${it.workload.size}, more than the recorded ${size}: someone scaled it up, so count and record are left alone`;
  return outcome(it, 'skip', { ...wanted, reason: drift, warning: drift });
}

function whenDown(it: Case, wanted: Said): Decision {
  const { workload, original, rules } = it;
  const { scalable } = adapterOf(workload.kind);
  const target = scalable ? downtimeReplicas(it) : 0;
  if (workload.size <= target)
    return outcome(it, 'none', { ...wanted, reason: `${wanted.reason}; ${original.kind === 'recorded' ? 'asleep' : 'already as small'}` });
  const graceMs = it.scopes.find((scope) => scope.graceMs !== undefined)?.graceMs ?? rules.policy.gracePeriodSeconds * 1_000;
  if (workload.createdAt !== undefined && graceMs > 0 && rules.now - workload.createdAt <= graceMs) {
    return outcome(it, 'skip', { ...wanted, reason: `${wanted.reason}, but younger than its grace period of ${graceMs / 1_000} s` });
  }
  if (scalable && rules.scaleTargets === 'unknown')
    return outcome(it, 'skip', { ...wanted, reason: `${wanted.reason}, but KEDA may scale it: the ScaledObjects could not be looked at` });
  return outcome(it, 'sleep', wanted, target);
}

function downtimeReplicas({ scopes, rules }: Case): number {
  return scopes.find((scope) => scope.downtimeReplicas !== undefined)?.downtimeReplicas ?? rules.policy.downtimeReplicas;
}

/** A workload under a controller is left alone even while it sleeps; that is worth a line, because nobody else will wake it. */
function ownedSleeper(workload: Workload, { reason }: Exclusion, original: Original): Said {
  const owed = workload.controller !== undefined && original.kind === 'recorded' && original.owed;
  return owed
    ? { reason, warning: `${refOf(workload)} is asleep and ${reason}: wake it there, or include controller-owned workloads` }
    : { reason };
}

function outcome(it: Case, action: Action, said: Said, to: number = it.workload.size): Decision {
  const { workload, takesPart } = it;
  return {
    workload,
    action,
    from: workload.size,
    to,
    original: recordAfter(it, action),
    reason: said.reason,
    takesPart,
    ...(said.spec !== undefined && { spec: said.spec }),
    ...(said.scope !== undefined && { scope: said.scope }),
    problems: said.problems ?? (said.problem === undefined ? [] : [said.problem]),
    warnings: said.warning === undefined ? it.warnings : [...it.warnings, said.warning],
  };
}

/** A record that is still owed survives being put to sleep again; any other is replaced by the live size. */
function recordAfter({ workload, original }: Case, action: Action): Decision['original'] {
  if (action === 'wake' || action === 'clear') return null;
  if (action === 'sleep') return original.kind === 'recorded' && original.owed ? original.size : workload.size;
  if (original.kind === 'recorded') return original.size;
  return original.kind === 'unreadable' ? original.text : null;
}
