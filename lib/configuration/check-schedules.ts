import type { Problem } from '../platform/schema-problems.ts';
import { parseTimeSpec } from '../schedule/parse-time-spec.ts';
import type { Parsed, TimeSpecOptions } from '../schedule/time-spec.ts';
import { parseWeekframe } from '../schedule/weekdays.ts';
import { parseZoneName } from '../schedule/zone-name.ts';
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
export function checkSchedules({ sleep, stages = {} }: Outline): ScheduleRemarks {
  const inStages = Object.entries(stages).flatMap(([stage, { sleep: own = {} }]) => {
    const pathOf = (word: string): PropertyKey[] => (Object.hasOwn(own, word) ? ['stages', stage, 'sleep', word] : ['sleep', word]);
    return checkSection({ ...sleep, ...own }, pathOf);
  });
  // What every stage replaces must be readable too; what it lacks, a stage may have.
  const inFile = checkSection(sleep, (word) => ['sleep', word]).filter(({ problem, kind }) => problem === undefined || kind === 'invalid');
  const all = [...inFile, ...inStages];
  return {
    problems: onceEach(all.flatMap(({ path, problem }) => (problem === undefined ? [] : [{ path, message: problem }]))),
    warnings: onceEach(all.flatMap(({ path, warnings }) => warnings.map((message) => ({ path, message })))),
  };
}

interface Checked {
  readonly path: readonly PropertyKey[];
  readonly problem?: string;
  readonly kind?: 'invalid' | 'incomplete';
  readonly warnings: readonly string[];
}

type PathOf = (word: string) => readonly PropertyKey[];

/** The defaults first: a wrong one is not blamed on the specs that lean on it. */
function checkSection(section: OutlinedSleep, pathOf: PathOf): readonly Checked[] {
  const { defaultTimezone, defaultWeekframe } = section;
  const wrongDefaults = [
    ...(defaultTimezone === undefined ? [] : problemsOf(pathOf('defaultTimezone'), parseZoneName(defaultTimezone))),
    ...(defaultWeekframe === undefined ? [] : problemsOf(pathOf('defaultWeekframe'), parseWeekframe(defaultWeekframe))),
  ];
  if (wrongDefaults.length > 0) return wrongDefaults;
  const options = specOptions(section);
  const specs = TIME_SPEC_WORDS.flatMap((word): Checked[] => {
    const value = section[word];
    if (value === undefined) return [];
    const result = parseTimeSpec(value, options);
    return result.ok ? [{ path: pathOf(word), warnings: result.warnings.map(({ message }) => message) }] : problemsOf(pathOf(word), result);
  });
  return [...specs, ...contradiction(section, pathOf)];
}

function problemsOf(path: Checked['path'], result: Parsed<unknown>): Checked[] {
  if (!('problem' in result)) return [];
  const { kind, message, hint } = result.problem;
  return [{ path, kind, problem: [message, hint].filter(Boolean).join('; '), warnings: [] }];
}

/** The function keeps everything awake that is told both; see `lib/sleep/wanted.ts`. */
function contradiction(section: OutlinedSleep, pathOf: PathOf): Checked[] {
  const time = (['uptime', 'downtime'] as const).find((word) => section[word] !== undefined);
  const period = (['upscalePeriod', 'downscalePeriod'] as const).find((word) => section[word] !== undefined);
  if (time === undefined || period === undefined) return [];
  return [
    { path: pathOf(period), kind: 'invalid', problem: `contradicts ${time}, which holds here too; use one of the two`, warnings: [] },
  ];
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
