import { invalid } from './spec-problem.ts';
import type { Parsed } from './time-spec.ts';

/** Weekday names of the grammar in the order of {@link Weekframe.days}. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const EXAMPLE = 'write two three-letter English names, as in Mon-Fri';

/**
 * Reads `DDD-DDD` in any case into seven flags, Monday first. A frame may wrap: `Fri-Mon` is Friday, Saturday, Sunday and Monday.
 * A single day is written twice, `Sat-Sat`.
 */
export function parseWeekframe(text: string): Parsed<readonly boolean[]> {
  const [first = '', last, ...rest] = text.split('-');
  if (rest.length > 0) return invalid(text, 'is not a span of weekdays', EXAMPLE);
  const from = weekdayIndex(first);
  if (from < 0) return invalid(first, 'is not a weekday', EXAMPLE);
  const day = WEEKDAYS[from];
  if (last === undefined) return invalid(text, 'is one weekday, not a span', `write ${day}-${day} for a single day`);
  const to = weekdayIndex(last);
  if (to < 0) return invalid(last, 'is not a weekday', EXAMPLE);
  return { value: WEEKDAYS.map((_, index) => (from <= to ? from <= index && index <= to : index >= from || index <= to)) };
}

function weekdayIndex(text: string): number {
  return WEEKDAYS.findIndex((day) => day.toLowerCase() === text.toLowerCase());
}
