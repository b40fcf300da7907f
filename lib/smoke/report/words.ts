import type { AssertionResult } from '../assertion-result.ts';
import { fails } from '../run/classify.ts';
import type { Attempt } from '../suite-result.ts';
import { withoutTurns } from './turns.ts';

/** One line that reads as it is, whatever is in the text. */
export function oneLine(text: string): string {
  return withoutTurns(text)
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim();
}

/** Seconds with the milliseconds that reports are read for. */
export function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}

/** `12 ms`, `1.2 s`, `2 min`, `2 min 5 s`. */
export function span(ms: number): string {
  if (ms < 1) return ms > 0 ? '<1 ms' : '0 ms';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const whole = Math.round(ms / 1_000);
  return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** An attempt in one line: what came, and what was wrong with it. */
export function attemptLine(attempt: Attempt): string {
  const { number, startedAt, durationMs, status, ok, failure, remoteAddress } = attempt;
  const place = remoteAddress === undefined ? '' : ` from ${remoteAddress}`;
  const answer = status === undefined ? '' : `, status ${status}`;
  const at = new Date(startedAt).toISOString();
  return oneLine(`attempt ${number} at ${at}: ${ok ? 'ok' : `failed (${failure ?? 'unknown'})`} in ${span(durationMs)}${answer}${place}`);
}

/** What the attempt found, an assertion a line. */
export function assertionLines({ assertions, message }: Attempt): readonly string[] {
  return [...(message === undefined ? [] : [oneLine(message)]), ...assertions.map(assertionLine)];
}

export function assertionLine(result: AssertionResult): string {
  const { assertion, actual, degraded } = result;
  const mark = fails(result) ? 'not ok' : degraded === true ? 'slow' : 'ok';
  return oneLine(`${mark}: ${assertion}: got ${actual}`);
}
