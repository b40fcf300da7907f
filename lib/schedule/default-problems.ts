import { parseTimeSpec } from './parse-time-spec.ts';
import type { SpecProblem, TimeSpecOptions } from './time-spec.ts';

export interface DefaultProblem {
  readonly field: 'defaultTimeZone' | 'defaultWeekframe';
  readonly problem: SpecProblem;
}

/** Which defaults of time specs cannot be used; each would make every spec that leans on it look wrong. */
export function defaultProblems({ dialect, defaultTimeZone, defaultWeekframe }: TimeSpecOptions): readonly DefaultProblem[] {
  const problemOf = (field: DefaultProblem['field'], value: string): readonly DefaultProblem[] => {
    const result = parseTimeSpec(value, { dialect });
    return result.ok ? [] : [{ field, problem: result.problem }];
  };
  return [
    ...(defaultTimeZone === undefined ? [] : problemOf('defaultTimeZone', `Mon-Sun 00:00-24:00 ${defaultTimeZone}`)),
    ...(defaultWeekframe === undefined ? [] : problemOf('defaultWeekframe', `${defaultWeekframe} 00:00-24:00 UTC`)),
  ];
}
