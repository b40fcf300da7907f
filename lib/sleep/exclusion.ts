import { matches } from '../schedule/matches.ts';
import { compileFilter, type NameFilter } from './name-filter.ts';
import type { SleepPolicy } from './policy.ts';
import { type ScaleTargets, scaledObjectOf } from './scale-targets.ts';
import type { Scope } from './scope.ts';
import type { Workload } from './workload.ts';

/**
 * `filtered`: the policy's filters name it, it is not looked at; `owned`: a controller writes it, so it is left to that controller.
 * Neither is touched whatever its state.
 * `excluded`: someone asked for it to stay up, or something else scales it; while it still sleeps it is woken (`excludedSleepers`).
 */
export type Exclusion = { readonly kind: 'filtered' | 'owned' | 'excluded'; readonly reason: string };

export interface Filters {
  namespaceOut(name: string): string | undefined;
  workloadOut(workload: Workload): Exclusion | undefined;
}

/** Compiles the policy's filters once; each must match the whole text. */
export function compileFilters(policy: SleepPolicy): Filters {
  const namespaces = policy.excludeNamespaces.map(compileFilter);
  const names = policy.excludeNames.map(compileFilter);
  const labels = policy.matchingLabels.map(compileFilter);
  const only = policy.namespaces && new Set(policy.namespaces);
  const kinds = new Set<string>(policy.kinds);

  const namespaceOut = (name: string): string | undefined => {
    if (only && !only.has(name)) return `namespace ${name} was not asked for`;
    return namespaces.some((filter) => filter.whole(name)) ? `namespace ${name} is excluded by the policy` : undefined;
  };
  return {
    namespaceOut,
    workloadOut: (workload) => {
      const namespace = namespaceOut(workload.namespace);
      if (namespace) return { kind: 'filtered', reason: namespace };
      if (!kinds.has(workload.kind)) return { kind: 'filtered', reason: `kind ${workload.kind} does not take part` };
      if (names.some((filter) => filter.whole(workload.name))) return { kind: 'filtered', reason: 'its name is excluded by the policy' };
      if (policy.controllerOwned === 'skip' && workload.controller)
        return { kind: 'owned', reason: `owned by ${workload.controller}: left to its controller` };
      if (labels.length > 0 && !hasLabel(workload, labels)) return { kind: 'excluded', reason: 'none of its labels takes part' };
      return undefined;
    },
  };
}

/** KEDA undoes any other size, and who scales its target to 0 breaks its scaling: such a workload is left to it. */
export function excludedByScaler(workload: Workload, targets: ScaleTargets): Exclusion | undefined {
  const scaledObject = scaledObjectOf(workload, targets);
  return scaledObject === undefined
    ? undefined
    : { kind: 'excluded', reason: `target of ScaledObject/${scaledObject}: its size is left to KEDA` };
}

/** Exclusion by annotation, of the workload or of its namespace; either is enough. */
export function excludedByAnnotation(scopes: readonly Scope[], now: number): Exclusion | undefined {
  for (const { label, exclude, excludeUntil } of scopes) {
    if (exclude === 'unreadable') return { kind: 'excluded', reason: `${label}: downscaler/exclude cannot be read, so it is excluded` };
    if (exclude && matches(exclude.spec, now)) return { kind: 'excluded', reason: `${label}: downscaler/exclude` };
    if (excludeUntil === 'unreadable')
      return { kind: 'excluded', reason: `${label}: downscaler/exclude-until cannot be read, so it is excluded` };
    if (excludeUntil !== undefined && now < excludeUntil) {
      return { kind: 'excluded', reason: `${label}: excluded until ${new Date(excludeUntil).toISOString()}` };
    }
  }
  return undefined;
}

function hasLabel(workload: Workload, filters: readonly NameFilter[]): boolean {
  return Object.entries(workload.labels).some(([key, value]) => filters.some((filter) => filter.whole(`${key}=${value}`)));
}
