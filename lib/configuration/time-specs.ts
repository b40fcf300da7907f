import { parseTimeSpec } from '../schedule/parse-time-spec.ts';
import type { TimeSpec } from '../schedule/time-spec.ts';
import { specOptions } from './check-schedules.ts';
import { type SleepSection, TIME_SPEC_WORDS } from './sleep-section.ts';

/** The time specs of a section that the reader has found good. */
export function timeSpecsOf(sleep: SleepSection): readonly TimeSpec[] {
  return TIME_SPEC_WORDS.flatMap((word) => {
    const text = sleep[word];
    const result = text === undefined ? undefined : parseTimeSpec(text, specOptions(sleep));
    return result?.ok ? [result.spec] : [];
  });
}
