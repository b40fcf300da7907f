import { defaultProblems } from '../lib/schedule/default-problems.ts';
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

const DEFAULTS = { defaultTimeZone: 'the default time zone', defaultWeekframe: 'the default weekdays' } as const;

/** @throws TimeSpecError that says which default is wrong */
export function checkDefaults(options: TimeSpecOptions): void {
  const [wrong] = defaultProblems(options);
  if (!wrong) return;
  const { kind, message, hint } = wrong.problem;
  throw new TimeSpecError(kind, `${DEFAULTS[wrong.field]} cannot be read: ${message}`, hint);
}

function specError({ kind, message, hint }: SpecProblem): TimeSpecError {
  return new TimeSpecError(kind, message, hint);
}
