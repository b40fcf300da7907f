import { InvalidArgumentError } from 'commander';
import { looksLikeInstant, parseIsoInstant } from '../../lib/platform/iso-instant.ts';

/** Collects a repeatable flag whose value may itself be a list: `-n a,b -n c`. Commas inside a regular expression's braces do not split. */
export function list(value: string, previous: readonly string[] = []): string[] {
  const parts = splitOutsideBraces(value).map((part) => part.trim());
  return [...previous, ...parts.filter((part) => part !== '')];
}

/** Collects a repeatable flag as it is written. */
export function repeated(value: string, previous: readonly string[] = []): string[] {
  return [...previous, named(value)];
}

/** A name or a path. An empty one is an unset variable of the caller's script, and would be met again as an error about something else. */
export function named(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Namespaces, `-n a,b -n c`; a name that no namespace can have (RFC 1123 label) is a mistake in the command, not a namespace that is gone. */
export function namespaces(value: string, previous: readonly string[] = []): string[] {
  const names = list(value);
  if (names.length === 0) throw new InvalidArgumentError('It is empty.');
  const wrong = names.find((name) => !NAMESPACE.test(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`${JSON.stringify(wrong)} cannot be a namespace: up to 63 lower-case letters, digits and dashes.`);
  return [...previous, ...names];
}

/** The id of a run, as its report names it. */
export function runId(value: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(value)) return value;
  throw new InvalidArgumentError('Give the id that the report of the run names, as in 20260330T190000Z-ab12cd.');
}

function splitOutsideBraces(value: string): string[] {
  return value.split(/,(?![^{}]*\})/);
}

/** A parser of whole numbers within bounds. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(
      max === Number.MAX_SAFE_INTEGER ? `Give a whole number from ${min} on.` : `Give a whole number from ${min} to ${max}.`,
    );
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m`, `1h30m`, `500ms`; a bare number is seconds. @returns milliseconds */
export function duration(value: string): number {
  const text = /^\d+$/.test(value) ? `${value}s` : value;
  if (!/^(?:\d+(?:ms|s|m|h))+$/.test(text)) throw new InvalidArgumentError('Give a duration such as 90s, 5m or 1h30m.');
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ''] ?? 0), 0);
  if (total === 0) throw new InvalidArgumentError('Give a duration longer than zero.');
  return total;
}

/** ISO 8601 with a zone. @returns epoch milliseconds */
export function instant(value: string): number {
  const at = parseIsoInstant(value);
  if (at !== undefined) return at;
  throw new InvalidArgumentError(looksLikeInstant(value) ? 'There is no such day or time.' : whyNoInstant(value));
}

function whyNoInstant(value: string): string {
  const example = 'as in 2026-03-30T07:00:00Z or 2026-03-30T07:00:00+02:00';
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?$/i.test(value.trim())) return `It has no zone: add Z or an offset, ${example}.`;
  return `Give a time in ISO 8601 with a zone, ${example}.`;
}
