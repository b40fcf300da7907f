import type { SpecProblem } from './time-spec.ts';

/** Annotations may be 256 KiB long; messages are one line of a report. */
const LONGEST = 80;

export interface Problem {
  readonly problem: SpecProblem;
}

/** Text as it may appear in a message: quoted, control characters escaped, shortened. */
export function quote(text: string): string {
  return JSON.stringify(clip(text));
}

/** An `invalid` problem: `part` is the offending text, `why` the rest of the sentence after it. */
export function invalid(part: string, why: string, hint?: string): Problem {
  return { problem: { kind: 'invalid', part: clip(part), message: `${quote(part)} ${why}`, ...(hint === undefined ? {} : { hint }) } };
}

/** An `incomplete` problem: something is missing from `part` and no default fills it. */
export function incomplete(part: string, why: string, hint: string): Problem {
  return { problem: { kind: 'incomplete', part: clip(part), message: `${quote(part)} ${why}`, hint } };
}

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
