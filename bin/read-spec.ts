import { parseTimeSpec } from '../lib/schedule/parse-time-spec.ts';
import type { SpecProblem, SpecWarning, TimeSpec, TimeSpecOptions } from '../lib/schedule/time-spec.ts';
import { TimeSpecError } from './errors.ts';

/** @throws TimeSpecError when the value cannot be evaluated; the defaults are checked first, so that a wrong one is not blamed on the spec */
export function readSpec(value: string, options: TimeSpecOptions): { readonly spec: TimeSpec; readonly warnings: readonly SpecWarning[] } {
  checkDefaults(options);
  const result = parseTimeSpec(value, options);
  if (!result.ok) throw specError(result.problem);
  return result;
}

/** @throws TimeSpecError that says which default is wrong */
export function checkDefaults({ dialect, defaultTimeZone, defaultWeekframe }: TimeSpecOptions): void {
  if (defaultTimeZone !== undefined) check(`Mon-Sun 00:00-24:00 ${defaultTimeZone}`, 'the default time zone', dialect);
  if (defaultWeekframe !== undefined) check(`${defaultWeekframe} 00:00-24:00 UTC`, 'the default weekdays', dialect);
}

function check(value: string, what: string, dialect: TimeSpecOptions['dialect']): void {
  const result = parseTimeSpec(value, { dialect });
  if (!result.ok) throw new TimeSpecError(result.problem.kind, `${what} cannot be read: ${result.problem.message}`, result.problem.hint);
}

function specError({ kind, message, hint }: SpecProblem): TimeSpecError {
  return new TimeSpecError(kind, message, hint);
}
