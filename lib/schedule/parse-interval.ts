import { INSTANT_PATTERN, parseInstant } from './instant.ts';
import { invalid } from './spec-problem.ts';
import type { Dialect, IntervalItem, Parsed } from './time-spec.ts';

const ABSOLUTE = new RegExp(`^(${INSTANT_PATTERN}) *- *(${INSTANT_PATTERN})$`);
const DIRECTIONAL = /^(from|until) *-? *(.*)$/s;

/** Whether an item starts like a date, so that its problems are those of an absolute item. */
export function looksAbsolute(text: string): boolean {
  return /^\d{4}-/.test(text);
}

/** Whether an item starts with `from` or `until`, in any case. */
export function looksDirectional(text: string): boolean {
  return /^(from|until)/i.test(text);
}

/** Reads `RFC3339 - RFC3339`, start inclusive; the end is exclusive, for the py dialect inclusive. */
export function parseAbsolute(text: string, dialect: Dialect): Parsed<IntervalItem> {
  const [, start, end] = ABSOLUTE.exec(text) ?? [];
  if (start === undefined || end === undefined) {
    return invalid(
      text,
      'is not a span of two timestamps',
      'write two RFC 3339 timestamps with seconds and an offset, as in 2026-03-30T07:00:00Z - 2026-03-30T19:00:00Z',
    );
  }
  const from = parseInstant(start);
  if ('problem' in from) return from;
  const until = parseInstant(end);
  if ('problem' in until) return until;
  return { value: { kind: 'interval', text, from: from.value, until: dialect === 'py' ? until.value + 1 : until.value } };
}

/** Reads `from RFC3339` (inclusive) and `until RFC3339` (exclusive); a hyphen may stand between the two words. */
export function parseDirectional(text: string): Parsed<IntervalItem> {
  const [, keyword, timestamp = ''] = DIRECTIONAL.exec(text) ?? [];
  if (keyword === undefined) {
    const written = text.slice(0, /^from/i.test(text) ? 4 : 5);
    return invalid(written, 'is not a keyword: from and until are lower case only', `write ${written.toLowerCase()}`);
  }
  const instant = parseInstant(timestamp);
  if ('problem' in instant) return instant;
  const range =
    keyword === 'from'
      ? { from: instant.value, until: Number.POSITIVE_INFINITY }
      : { from: Number.NEGATIVE_INFINITY, until: instant.value };
  return { value: { kind: 'interval', text, ...range } };
}
