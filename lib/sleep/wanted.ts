import { matches } from '../schedule/matches.ts';
import type { Scope, SpecValue } from './scope.ts';

/** What the policy wants of a workload now, and which value of which scope said so. */
export interface Wanted {
  /** `leave`: as it is, asleep or awake. */
  readonly state: 'up' | 'down' | 'leave';
  readonly reason: string;
  readonly spec?: string;
  readonly scope?: string;
  /** A contradiction that people should mend. */
  readonly problem?: string;
  readonly warning?: string;
}

/** `schedule` converges to what the policy says; `sleep` and `wake` are an operator's word, which stands above any schedule. */
export type Intent = 'schedule' | 'sleep' | 'wake';

/**
 * The nearest scope that sets any value of a group decides that group alone: first the forced states, then the schedule.
 * An operator's word stands between the two: it overrules schedules, and yields to a forced state that someone wrote down.
 * @param scopes nearest first
 */
export function wantedState(scopes: readonly Scope[], now: number, intent: Intent): Wanted {
  const forced = forcedState(scopes, now);
  if (forced) return forced;
  if (intent !== 'schedule') return { state: intent === 'sleep' ? 'down' : 'up', reason: `asked to ${intent}`, scope: 'command' };
  const scope = scopes.find((each) => each.uptime || each.downtime || each.upscalePeriod || each.downscalePeriod);
  if (!scope) return { state: 'up', reason: 'no schedule applies' };
  return scope.upscalePeriod || scope.downscalePeriod ? byPeriods(scope, now) : byTimes(scope, now);
}

/** Set but not matching now falls through to the schedule; both matching keeps the workload up. */
function forcedState(scopes: readonly Scope[], now: number): Wanted | undefined {
  const nearest = scopes.find((each) => each.forceUptime || each.forceDowntime);
  const up = holding(nearest, 'forceUptime', now) ?? holding(askingForEverybody(scopes), 'forceUptime', now);
  const down = holding(nearest, 'forceDowntime', now);
  if (up && down)
    return {
      ...said(up.scope, up.value, 'up', 'both forced up and down: up wins'),
      warning:
        up.scope === down.scope
          ? `${up.scope.label}: force-uptime and force-downtime both hold: stays up`
          : `${up.scope.label}: force-uptime and ${down.scope.label}: force-downtime both hold: stays up`,
    };
  if (up) return said(up.scope, up.value, 'up', 'forced up');
  return down && said(down.scope, down.value, 'down', 'forced down');
}

/** The scope that forces everybody up, unless somebody has a force-uptime of their own. */
function askingForEverybody(scopes: readonly Scope[]): Scope | undefined {
  const overridden = scopes.some((each) => each.forceUptime && !each.forEverybody);
  return overridden ? undefined : scopes.find((each) => each.forEverybody);
}

function holding(
  scope: Scope | undefined,
  field: 'forceUptime' | 'forceDowntime',
  now: number,
): { readonly scope: Scope; readonly value: SpecValue } | undefined {
  const value = scope?.[field];
  return scope && value && matches(value.spec, now) ? { scope, value } : undefined;
}

function byPeriods(scope: Scope, now: number): Wanted {
  if (scope.uptime || scope.downtime) {
    const problem = `${scope.label}: a time (uptime, downtime) and a period (upscale-period, downscale-period) contradict each other; use one of the two`;
    return { state: 'up', reason: problem, scope: scope.label, problem };
  }
  const up = scope.upscalePeriod && matches(scope.upscalePeriod.spec, now) ? scope.upscalePeriod : undefined;
  const down = scope.downscalePeriod && matches(scope.downscalePeriod.spec, now) ? scope.downscalePeriod : undefined;
  if (up && down) {
    const problem = `${scope.label}: upscale-period and downscale-period both match; left alone`;
    return { ...said(scope, up, 'leave', problem), problem };
  }
  if (up) return said(scope, up, 'up', 'in its upscale period');
  if (down) return said(scope, down, 'down', 'in its downscale period');
  const value = scope.upscalePeriod ?? scope.downscalePeriod;
  return {
    state: 'leave',
    reason: 'between its upscale and downscale periods',
    scope: scope.label,
    ...(value && { spec: value.spec.source }),
  };
}

/** With both in one scope: up if the uptime matches and the downtime does not. */
function byTimes(scope: Scope, now: number): Wanted {
  const { uptime, downtime } = scope;
  if (downtime && matches(downtime.spec, now)) return said(scope, downtime, 'down', 'in its downtime');
  if (uptime && !matches(uptime.spec, now)) return said(scope, uptime, 'down', 'outside its uptime');
  if (uptime) return said(scope, uptime, 'up', 'in its uptime');
  return downtime ? said(scope, downtime, 'up', 'outside its downtime') : { state: 'up', reason: 'no schedule applies' };
}

function said(scope: Scope, value: SpecValue, state: Wanted['state'], reason: string): Wanted {
  return { state, reason, spec: value.spec.source, scope: scope.label };
}
