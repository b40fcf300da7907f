import { defaultProblems } from '../lib/schedule/default-problems.ts';
import { parseTimeSpec } from '../lib/schedule/parse-time-spec.ts';
import type { TimeSpecOptions } from '../lib/schedule/time-spec.ts';
import type { SleepPolicy } from '../lib/sleep/policy.ts';
import { TimeSpecError } from './errors.ts';
import { checkDefaults } from './read-spec.ts';

/** What a person typed, on the command line or into a policy file. */
export type TypedSchedules = Pick<SleepPolicy, 'dialect' | 'scopes' | 'defaultTimezone' | 'defaultWeekframe'>;

interface Circumstances {
  /** The environment's defaults, which hold where none was typed. */
  readonly environment: Pick<TimeSpecOptions, 'defaultTimeZone' | 'defaultWeekframe'>;
  /** Epoch milliseconds of the decision: an item that cannot be evaluated behind one that matches does not matter. */
  readonly at: number;
}

/**
 * A typing error in an annotation keeps one workload awake; one on the command line is told before anything happens.
 * @throws TimeSpecError for a schedule or a default that was typed and cannot be evaluated
 */
export function checkTypedSchedules({ scopes, ...reading }: TypedSchedules, { environment, at }: Circumstances): void {
  const typed = optionsOf(reading);
  const { dialect } = typed;
  checkDefaults(typed);
  const options = { ...withoutWrong({ ...environment, dialect }), ...typed, at };
  for (const { label, ...values } of scopes) {
    for (const [name, value] of Object.entries(values)) {
      const result = value === undefined ? undefined : parseTimeSpec(value, options);
      if (result && !result.ok)
        throw new TimeSpecError(result.problem.kind, `${name} (${label}) cannot be used: ${result.problem.message}`, result.problem.hint);
    }
  }
}

function optionsOf({ dialect, defaultTimezone, defaultWeekframe }: Omit<TypedSchedules, 'scopes'>): TimeSpecOptions {
  return {
    dialect,
    ...(defaultTimezone !== undefined && { defaultTimeZone: defaultTimezone }),
    ...(defaultWeekframe !== undefined && { defaultWeekframe }),
  };
}

/** A default of the environment that cannot be used is not the typed schedule's fault: anything that can be read stands for it. */
function withoutWrong(options: TimeSpecOptions): TimeSpecOptions {
  const wrong = defaultProblems(options).map(({ field }) => field);
  return {
    ...options,
    ...(wrong.includes('defaultTimeZone') && { defaultTimeZone: 'UTC' }),
    ...(wrong.includes('defaultWeekframe') && { defaultWeekframe: 'Mon-Sun' }),
  };
}
