import type { ParsedRecurring } from './parse-recurring.ts';
import { quote } from './spec-problem.ts';
import type { Dialect, IntervalItem, SpecWarning, SpecWarningCode, TimeSpecItem } from './time-spec.ts';
import { WEEKDAYS } from './weekdays.ts';

/** Zones whose names promise more than a constant offset. */
const POSIX_SIGN = /^etc\/gmt([+-])0*([1-9]\d?)$/i;
const NO_SUMMER_TIME = new Set(['est', 'mst', 'hst']);

/**
 * The silent traps of one recurring item:
 * - `empty-span`: no minute of any day is covered;
 * - `overnight-ignored`: from > to, which the py dialect never matches;
 * - `overnight`: from > to, read as over midnight, which py-kube-downscaler would not do;
 * - `overnight-week-edge`: such a span on some weekdays only: the early hours belong to the weekday they are in, not to the night before;
 * - `local-zone`: `Local` is the zone of whichever machine runs this;
 * - `fixed-offset-zone`: `Etc/GMT+5` is five hours *behind* UTC; EST, MST and HST know no summer time.
 */
export function recurringWarnings(parsed: ParsedRecurring, dialect: Dialect): readonly SpecWarning[] {
  return [...spanWarnings(parsed, dialect), ...zoneWarnings(parsed)];
}

/** `empty-span` when an absolute item ends before it starts. */
export function intervalWarnings(item: IntervalItem): readonly SpecWarning[] {
  return item.from < item.until ? [] : [warn('empty-span', item.text, 'never matches: its end is not after its start')];
}

/** `no-effect`: items are a union, so `never` adds nothing to a list and nothing adds to `always`. */
export function listWarnings(items: readonly TimeSpecItem[]): readonly SpecWarning[] {
  if (items.length < 2) return [];
  const always = items.find((item) => item.kind === 'constant' && item.value);
  if (always !== undefined) return [warn('no-effect', always.text, 'makes the whole list match always: the other items have no effect')];
  return items
    .filter((item) => item.kind === 'constant')
    .map((item) => warn('no-effect', item.text, 'has no effect in a list: the list matches when any item does'));
}

function spanWarnings({ item, span, weekframe }: ParsedRecurring, dialect: Dialect): readonly SpecWarning[] {
  const { text, ranges, days } = item;
  if (span.from > span.to && dialect === 'py') {
    return [warn('overnight-ignored', text, 'never matches: the py dialect does not read a span over midnight')];
  }
  if (ranges.length === 0) return [warn('empty-span', text, 'never matches: the span covers no minute of the day')];
  if (span.from <= span.to) return [];
  const overnight = warn('overnight', text, 'goes over midnight; py-kube-downscaler never matches such a span');
  const morning = span.to > 0;
  return morning && days.includes(false)
    ? [overnight, warn('overnight-week-edge', text, edgeReading(weekframe, days, span.to))]
    : [overnight];
}

/** Which early hours are in and which are out: the first day has them without a night before it, the day after the last has none. */
function edgeReading(weekframe: string, days: readonly boolean[], to: number): string {
  const first = days.findIndex((day, index) => day && days[(index + 6) % 7] === false);
  const after = days.findIndex((day, index) => !day && days[(index + 6) % 7] === true);
  const until = `${String(Math.floor(to / 60)).padStart(2, '0')}:${String(to % 60).padStart(2, '0')}`;
  return `takes the weekday of each moment, not of the evening before: ${WEEKDAYS[first]} 00:00-${until} matches, ${WEEKDAYS[after]} 00:00-${until}, the end of the last night of ${weekframe}, does not`;
}

function zoneWarnings({ item, zoneText }: ParsedRecurring): readonly SpecWarning[] {
  const name = zoneText.toLowerCase();
  if (name === 'local') return [warn('local-zone', item.text, `depends on the machine: here Local is ${item.zone}`)];
  if (NO_SUMMER_TIME.has(name))
    return [warn('fixed-offset-zone', item.text, `never changes to summer time: ${zoneText} is a fixed offset`)];
  const [, sign, hours] = POSIX_SIGN.exec(zoneText) ?? [];
  if (sign === undefined) return [];
  const direction = sign === '+' ? 'behind' : 'ahead of';
  return [warn('fixed-offset-zone', item.text, `has a fixed offset with an inverted sign: ${zoneText} is ${hours} h ${direction} UTC`)];
}

function warn(code: SpecWarningCode, part: string, why: string): SpecWarning {
  return { code, part, message: `${quote(part)} ${why}` };
}
