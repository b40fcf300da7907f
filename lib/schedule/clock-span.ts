import { invalid } from './spec-problem.ts';
import type { Dialect, MinuteRange, Parsed } from './time-spec.ts';

export const MINUTES_PER_DAY = 1440;

const EXAMPLE = 'write HH:MM on the 24-hour clock, as in 07:00';

/** `HH:MM-HH:MM` in minutes of the day as written; up to 24:59 passes the range check of hours and minutes. */
export interface ClockSpan {
  readonly from: number;
  readonly to: number;
}

/** Reads `HH:MM-HH:MM`: two digits each, hours 00..24 and minutes 00..59 checked separately. */
export function parseClockSpan(text: string): Parsed<ClockSpan> {
  const [first = '', last, ...rest] = text.split('-');
  if (last === undefined || rest.length > 0)
    return invalid(text, 'is not a span of hours', 'write the span as HH:MM-HH:MM, as in 07:00-19:00');
  const from = parseClockTime(first);
  if ('problem' in from) return from;
  const to = parseClockTime(last);
  if ('problem' in to) return to;
  return { value: { from: from.value, to: to.value } };
}

/**
 * The minutes of a day that a span covers. A span with from > to goes over midnight (both pieces belong to the weekday of the instant itself),
 * except for the py dialect, where it never matches.
 */
export function minuteRanges(span: ClockSpan, dialect: Dialect): readonly MinuteRange[] {
  const { from, to } = span;
  if (from <= to) return nonEmpty([{ from, to: Math.min(to, MINUTES_PER_DAY) }]);
  if (dialect === 'py') return [];
  return nonEmpty([
    { from: 0, to: Math.min(to, MINUTES_PER_DAY) },
    { from, to: MINUTES_PER_DAY },
  ]);
}

function nonEmpty(ranges: readonly MinuteRange[]): readonly MinuteRange[] {
  return ranges.filter((range) => range.from < range.to);
}

function parseClockTime(text: string): Parsed<number> {
  const [, hours = '', minutes = ''] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (hours === '') return invalid(text, 'is not a time of day', EXAMPLE);
  if (hours.length !== 2) return invalid(text, 'is not a time of day: hours need two digits', EXAMPLE);
  if (minutes.length !== 2) return invalid(text, 'is not a time of day: minutes need two digits', EXAMPLE);
  if (Number(hours) > 24) return invalid(text, 'is not a time of day: hours go from 00 to 24');
  if (Number(minutes) > 59) return invalid(text, 'is not a time of day: minutes go from 00 to 59');
  return { value: Number(hours) * 60 + Number(minutes) };
}
