import type { Timings } from '../../probe.ts';
import type { Attempt } from '../../suite-result.ts';
import { type Markup, markup } from '../markup.ts';
import { span } from '../words.ts';

/** In the order in which they take place. */
export const PHASES = ['dns', 'connect', 'tls', 'wait', 'receive', 'other'] as const;
export type Phase = (typeof PHASES)[number];

/** What each bar is as wide as: a part of this many. */
const WIDTH = 1000;
/** Narrower ones could not be seen. */
const NARROWEST = 3;
/** Of one check; those between them are in the JSON report. */
const MOST_BARS = 200;

export interface Range {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly durationMs: number;
}

/** The attempts of a check over the time of the whole suite, each by its phases; a failed one is underlined. */
export function attemptBars(attempts: readonly Attempt[], range: Range): Markup {
  const shown = attempts.slice(0, MOST_BARS);
  const lines = [1, 2, 3].map(
    (quarter) => markup`<line class="grid" x1="${(WIDTH / 4) * quarter}" x2="${(WIDTH / 4) * quarter}" y1="0" y2="14"/>`,
  );
  return markup`<svg viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" role="img" aria-label="${shown.length} attempts">${lines}${shown.map((attempt) => bar(attempt, range))}</svg>`;
}

function bar(attempt: Attempt, { from, durationMs }: Range): Markup {
  const unit = WIDTH / Math.max(1, durationMs);
  const width = Math.max(NARROWEST, attempt.durationMs * unit);
  const start = Math.min(WIDTH - NARROWEST, Math.max(0, (attempt.startedAt - from) * unit));
  const parts = phasesOf(attempt.timings, attempt.durationMs);
  const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
  let x = start;
  const rects = parts.map(([phase, ms]) => {
    const size = total === 0 ? width : (ms / total) * width;
    const rect = markup`<rect class="${phase}" x="${x.toFixed(1)}" y="2" width="${size.toFixed(1)}" height="${attempt.ok ? 10 : 7}"/>`;
    x += size;
    return rect;
  });
  const failed = attempt.ok ? undefined : markup`<rect class="bad" x="${start.toFixed(1)}" y="9" width="${width.toFixed(1)}" height="5"/>`;
  return markup`<g><title>attempt ${attempt.number}: ${phaseText(attempt)}</title>${rects}${failed}</g>`;
}

/** `12 ms (dns 2 ms, connect 1 ms, wait 9 ms)` */
export function phaseText({ timings, durationMs }: Attempt): string {
  const parts = phasesOf(timings, 0).filter(([phase]) => phase !== 'other');
  const phases = parts.map(([phase, ms]) => `${phase} ${span(ms)}`).join(', ');
  return phases === '' ? span(durationMs) : `${span(durationMs)} (${phases})`;
}

/** What is not a phase (waiting for a connection, reading the answer as JSON) is `other`. */
function phasesOf(timings: Timings | undefined, durationMs: number): readonly (readonly [Phase, number])[] {
  const { dnsMs = 0, connectMs = 0, tlsMs = 0, waitMs = 0, receiveMs = 0, totalMs = 0 } = timings ?? {};
  const known = { dns: dnsMs, connect: connectMs, tls: tlsMs, wait: waitMs, receive: receiveMs };
  const rest = Math.max(totalMs, durationMs) - Object.values(known).reduce((sum, ms) => sum + ms, 0);
  const all: Readonly<Record<Phase, number>> = { ...known, other: Math.max(0, rest) };
  const parts = PHASES.map((phase) => [phase, all[phase]] as const).filter(([, ms]) => ms > 0);
  return parts.length === 0 ? [['other', 0]] : parts;
}
