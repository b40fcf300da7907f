import { invalid } from './spec-problem.ts';
import type { Parsed } from './time-spec.ts';

/** An RFC 3339 timestamp as the absolute and directional items carry it; unanchored, for use inside their patterns. */
export const INSTANT_PATTERN = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})`;

const FIELDS = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const MONTH = { min: 1, max: 12, name: 'month' };
const HOUR = { min: 0, max: 23, name: 'hour' };
const SIXTIETH = { min: 0, max: 59 };

/**
 * Reads an RFC 3339 timestamp with `T` and `Z` in upper case into epoch milliseconds.
 * A fraction finer than a millisecond rounds up, so that `at >= instant` and `at < instant` hold for the same whole milliseconds as before.
 */
export function parseInstant(text: string): Parsed<number> {
  const fields = FIELDS.exec(text);
  if (!fields)
    return invalid(
      text,
      'is not a timestamp',
      'write RFC 3339 with seconds and an offset, as in 2026-03-30T07:00:00Z or 2026-03-30T07:00:00+02:00',
    );
  const [year, month, day, hour, minute, second] = fields.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const [offsetHour, offsetMinute] = [Number(fields[9] ?? 0), Number(fields[10] ?? 0)];
  const wrong = [
    outside(month, MONTH),
    outside(day, { min: 1, max: daysIn(year, month), name: 'day' }),
    outside(hour, HOUR),
    outside(minute, { ...SIXTIETH, name: 'minute' }),
    outside(second, { ...SIXTIETH, name: 'second' }),
    outside(offsetHour, { ...HOUR, name: 'offset hour' }),
    outside(offsetMinute, { ...SIXTIETH, name: 'offset minute' }),
  ].find((reason) => reason !== undefined);
  if (wrong !== undefined) return invalid(text, `is not a timestamp: ${wrong}`);
  const date = new Date(0);
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; the setter does not.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const offsetMs = (fields[8] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
  return { value: date.getTime() - offsetMs + fractionMs(fields[7] ?? '') };
}

/** In digits, because 0.56 * 1000 is more than 560 in binary. */
function fractionMs(digits: string): number {
  return Number(digits.slice(0, 3).padEnd(3, '0')) + (/[1-9]/.test(digits.slice(3)) ? 1 : 0);
}

function outside(value: number, field: { readonly min: number; readonly max: number; readonly name: string }): string | undefined {
  if (value >= field.min && value <= field.max) return undefined;
  return `${field.name} ${value} is not in ${field.min}..${field.max}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
