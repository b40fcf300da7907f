import { defaultProblems } from '../schedule/default-problems.ts';
import { decide } from './decide.ts';
import { type Decision, isChange } from './decision.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { SleepPolicy } from './policy.ts';
import { compileRules, type Rules } from './rules.ts';
import { problemsOf } from './scope.ts';
import { unanchoredMatches } from './unanchored.ts';
import type { Intent } from './wanted.ts';
import type { Observation } from './workload.ts';

/** Something that people should know about a namespace or the configuration, said once however many workloads it touches. */
export interface Notice {
  /** Undefined for the configuration. */
  readonly namespace?: string;
  readonly message: string;
  /** A problem makes the run degraded, a failure is something it could not do; otherwise it is a warning. */
  readonly kind: 'failure' | 'problem' | 'warning';
}

export interface Plan {
  /** One per observed workload, by namespace, kind and name. */
  readonly decisions: readonly Decision[];
  readonly notices: readonly Notice[];
  readonly rules: Rules;
}

/** Pure: what should happen to every observed workload, and why. */
export function plan(observation: Observation, policy: SleepPolicy, when: { readonly now: number; readonly intent: Intent }): Plan {
  const rules = compileRules(policy, observation, when);
  const decisions = observation.workloads.map((workload) => decide(workload, rules)).sort(byName);
  return { decisions, notices: noticesOf(observation, rules), rules };
}

/** The changes of a plan in the order of their stages: waking from the first, falling asleep from the last. Wakes go before sleeps. */
export function changesInOrder(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter(isChange).sort((a, b) => rank(a) - rank(b));
}

/** Waking first: should time run out, what is left is awake. */
function rank(decision: Decision): number {
  const { stage } = adapterOf(decision.workload.kind);
  return decision.action === 'sleep' ? 100 - stage : stage;
}

function noticesOf(observation: Observation, rules: Rules): readonly Notice[] {
  const scopes = [
    ...rules.configuration.map((scope) => ({ scope, namespace: undefined })),
    ...observation.namespaces
      .filter(({ name }) => rules.filters.namespaceOut(name) === undefined)
      .map(({ name }) => ({ scope: rules.namespaceScope(name), namespace: name })),
  ];
  const said = scopes.flatMap(({ scope, namespace }) => {
    const notice = (text: string, kind: Notice['kind']): Notice => ({
      ...(namespace && { namespace }),
      message: `${scope.label}: ${text}`,
      kind,
    });
    const problems = problemsOf(scope, { scalable: true });
    return [...problems.map((text) => notice(text, 'problem')), ...scope.warnings.map((text) => notice(text, 'warning'))];
  });
  const unanchored = unanchoredMatches(rules.policy, observation, rules.filters).map((message): Notice => ({ message, kind: 'warning' }));
  return [...observation.unseen, ...defaultNotices(rules), ...unanchored, ...said];
}

const defaultNames = { defaultTimeZone: 'default time zone', defaultWeekframe: 'default weekdays' } as const;

/** Specs that lean on a wrong default are told where they stand; this is the cause. */
function defaultNotices({ options }: Rules): readonly Notice[] {
  return defaultProblems(options).map(({ field, problem }) => ({
    message: `the ${defaultNames[field]} cannot be read: ${problem.message}`,
    kind: 'problem',
  }));
}

function byName(a: Decision, b: Decision): number {
  return (
    compare(a.workload.namespace, b.workload.namespace) ||
    compare(a.workload.kind, b.workload.kind) ||
    compare(a.workload.name, b.workload.name)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
