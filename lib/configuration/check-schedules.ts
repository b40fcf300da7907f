import type { Problem } from '../platform/schema-problems.ts';
import { parseTimeSpec } from '../schedule/parse-time-spec.ts';
import type { TimeSpecOptions, TimeSpecResult } from '../schedule/time-spec.ts';
import type { Outline, OutlinedSleep } from './outline.ts';
import { TIME_SPEC_WORDS } from './sleep-section.ts';

export interface ScheduleRemarks {
  readonly problems: readonly Problem[];
  /** A spec that may not mean what its author thinks. */
  readonly warnings: readonly Problem[];
}

/**
 * Whether the time specs can be read in each stage, with the defaults that hold there. The function itself would keep everything awake and
 * report them; here they are errors, because nobody wants to deploy that. What is wrong in several stages for one reason is said once.
 */
export function checkSchedules({ sleep, stages }: Outline): ScheduleRemarks {
  const checked = Object.entries(stages).flatMap(([stage, section]) => {
    const written = (word: string): PropertyKey[] =>
      Object.hasOwn(section.sleep ?? {}, word) ? ['stages', stage, 'sleep', word] : ['sleep', word];
    return checkSection({ ...sleep, ...section.sleep }).map(({ word, result }) => ({
      path: written(word),
      result,
    }));
  });
  const problems = checked.flatMap(({ path, result }) =>
    result.ok ? [] : [{ path, message: [result.problem.message, result.problem.hint].filter(Boolean).join('; ') }],
  );
  const warnings = checked.flatMap(({ path, result }) => (result.ok ? result.warnings.map(({ message }) => ({ path, message })) : []));
  return { problems: onceEach(problems), warnings: onceEach(warnings) };
}

interface Checked {
  readonly word: string;
  readonly result: TimeSpecResult;
}

/** The defaults first: a wrong one is not blamed on the specs that lean on it. */
function checkSection(section: OutlinedSleep): Checked[] {
  const { dialect = 'nightshift', defaultTimezone, defaultWeekframe } = section;
  const read = (word: string, value: string | undefined, options: TimeSpecOptions): Checked[] =>
    value === undefined ? [] : [{ word, result: parseTimeSpec(value, options) }];
  const defaults = [
    ...read('defaultTimezone', defaultTimezone && `Mon-Sun 00:00-24:00 ${defaultTimezone}`, { dialect }),
    ...read('defaultWeekframe', defaultWeekframe && `${defaultWeekframe} 00:00-24:00 UTC`, { dialect }),
  ];
  if (defaults.some(({ result }) => !result.ok)) return defaults;
  const options = specOptions(section);
  return [...defaults, ...TIME_SPEC_WORDS.flatMap((word) => read(word, section[word], options))];
}

/** How the time specs of a section are read. */
export function specOptions({ dialect = 'nightshift', defaultTimezone, defaultWeekframe }: OutlinedSleep): TimeSpecOptions {
  return {
    dialect,
    ...(defaultTimezone !== undefined && { defaultTimeZone: defaultTimezone }),
    ...(defaultWeekframe !== undefined && { defaultWeekframe }),
  };
}

function onceEach(remarks: readonly Problem[]): Problem[] {
  return [...new Map(remarks.map((remark) => [`${remark.path.join('.')}: ${remark.message}`, remark])).values()];
}
