import { type ClockSpan, minuteRanges, parseClockSpan } from './clock-span.ts';
import { incomplete, invalid } from './spec-problem.ts';
import type { Parsed, RecurringItem, TimeSpecOptions } from './time-spec.ts';
import { parseWeekframe } from './weekdays.ts';
import { parseZoneName } from './zone-name.ts';

/** A recurring item, and what its text said before the dialect and the defaults had their say; the warnings look at both. */
export interface ParsedRecurring {
  readonly item: RecurringItem;
  readonly span: ClockSpan;
  /** As written or as the default gives it. */
  readonly zoneText: string;
  readonly weekframe: string;
}

interface Pieces {
  readonly days?: string;
  readonly hours: string;
  readonly zone?: string;
}

const EXAMPLE = 'write it like Mon-Fri 07:00-19:00 Europe/Berlin';

/** Reads `[DDD-DDD] HH:MM-HH:MM [zone]`. Pieces that are there are checked before missing ones are: invalid beats incomplete. */
export function parseRecurring(text: string, options: TimeSpecOptions): Parsed<ParsedRecurring> {
  const pieces = splitPieces(text);
  if ('problem' in pieces) return pieces;
  const { days: weekframe = options.defaultWeekframe, hours, zone: zoneText = options.defaultTimeZone } = pieces.value;
  const days = weekframe === undefined ? undefined : parseWeekframe(weekframe);
  if (days !== undefined && 'problem' in days) return days;
  const span = parseClockSpan(hours);
  if ('problem' in span) return span;
  const zone = zoneText === undefined ? undefined : parseZoneName(zoneText);
  if (zone !== undefined && 'problem' in zone) return zone;
  if (zone === undefined || zoneText === undefined) {
    return incomplete(
      text,
      'has no time zone, and there is no default time zone',
      'add one, as in Europe/Berlin, or set the default time zone',
    );
  }
  if (days === undefined || weekframe === undefined) {
    return incomplete(
      text,
      'has no weekdays, and there is no default week frame',
      'add them, as in Mon-Fri, or set the default week frame',
    );
  }
  const ranges = minuteRanges(span.value, options.dialect);
  const item: RecurringItem = { kind: 'recurring', text, days: days.value, ranges, zone: zone.value };
  return { value: { item, span: span.value, zoneText, weekframe } };
}

function splitPieces(text: string): Parsed<Pieces> {
  const words = text.split(/ +/);
  const [first = '', second, third, ...rest] = words;
  const foreign = /[^\x21-\x7e]/u.exec(text.replaceAll(' ', ''))?.[0];
  if (foreign !== undefined) {
    return invalid(text, `cannot be read: it holds ${nameOf(foreign)}`, 'use plain ASCII: spaces, and - for spans');
  }
  if (rest.length > 0) return invalid(text, 'cannot be read: it has too many pieces', `${EXAMPLE}, with no space around -`);
  if (looksLikeHours(first)) {
    if (third !== undefined) return invalid(third, 'comes after the time zone, where nothing may', EXAMPLE);
    return { value: { hours: first, ...(second === undefined ? {} : { zone: second }) } };
  }
  if (second === undefined) return invalid(text, 'is neither a keyword nor a time span', `${EXAMPLE}, or always, true, never, false`);
  if (third !== undefined || looksLikeHours(second)) {
    return { value: { days: first, hours: second, ...(third === undefined ? {} : { zone: third }) } };
  }
  // Two words without hours: the first is at fault unless it is a week frame.
  const days = parseWeekframe(first);
  return 'problem' in days ? days : invalid(text, 'has no hours', EXAMPLE);
}

function looksLikeHours(word: string): boolean {
  return /^\d/.test(word) || word.includes(':');
}

function nameOf(character: string): string {
  if (character === '\t') return 'a tab';
  const code = character.codePointAt(0) ?? 0;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
