import type { TimeSpecOptions } from '../schedule/time-spec.ts';
import { compileFilters, type Filters } from './exclusion.ts';
import type { SleepPolicy } from './policy.ts';
import type { ScaleTargets } from './scale-targets.ts';
import { readAnnotations, readValues, type Scope } from './scope.ts';
import type { Intent } from './wanted.ts';
import type { NamespaceFacts, Observation } from './workload.ts';

/** A policy made ready for one look at a cluster: filters compiled, configuration and namespaces read once. */
export interface Rules {
  readonly policy: SleepPolicy;
  readonly intent: Intent;
  readonly now: number;
  readonly filters: Filters;
  readonly options: TimeSpecOptions;
  /** Outermost scopes, nearest first. */
  readonly configuration: readonly Scope[];
  readonly scaleTargets: ScaleTargets;
  namespaceScope(name: string): Scope;
}

export function compileRules(
  policy: SleepPolicy,
  facts: Pick<Observation, 'namespaces' | 'podForcingUptime' | 'scaleTargets'>,
  when: { readonly now: number; readonly intent: Intent },
): Rules {
  const options = { ...specOptions(policy), at: when.now };
  const annotations = new Map(facts.namespaces.map((namespace) => [namespace.name, namespace.annotations]));
  const scopes = new Map<string, Scope>();
  return {
    ...when,
    policy,
    options,
    scaleTargets: facts.scaleTargets,
    filters: compileFilters(policy),
    configuration: [...podScope(facts.podForcingUptime, options), ...configurationScopes(policy, options)],
    namespaceScope: (name) => {
      const known = scopes.get(name);
      if (known) return known;
      const scope = readNamespaceScope({ name, annotations: annotations.get(name) ?? {} }, options);
      scopes.set(name, scope);
      return scope;
    },
  };
}

function configurationScopes(policy: SleepPolicy, options: TimeSpecOptions): readonly Scope[] {
  return policy.scopes.map(({ label, ...values }) => readValues(label, values, options));
}

function specOptions(policy: SleepPolicy): TimeSpecOptions {
  return {
    dialect: policy.dialect,
    ...(policy.defaultTimezone !== undefined && { defaultTimeZone: policy.defaultTimezone }),
    ...(policy.defaultWeekframe !== undefined && { defaultWeekframe: policy.defaultWeekframe }),
  };
}

function readNamespaceScope(namespace: NamespaceFacts, options: TimeSpecOptions): Scope {
  return readAnnotations(`namespace ${namespace.name}`, namespace.annotations, options);
}

/** A Pod that asks for it holds everything up, unless a nearer scope has a force-uptime of its own. */
function podScope(pod: string | undefined, options: TimeSpecOptions): readonly Scope[] {
  return pod ? [{ ...readValues(`Pod ${pod}`, { forceUptime: 'true' }, options), forEverybody: true }] : [];
}
