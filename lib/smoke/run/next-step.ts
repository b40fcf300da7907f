import type { FailureClass } from '../failure-class.ts';
import type { Check } from '../suite/suite.ts';

/** As much of a check as decides how often it is tried. */
export interface AttemptPolicy extends Pick<Check, 'retry' | 'successes' | 'intervalMs' | 'timeoutMs'> {
  /** Whether old answers are to be expected for a while, as after a deploy: then only the deadline ends the tries. */
  readonly drains: boolean;
}

/** An attempt that has ended. Instants are epoch milliseconds. */
export interface Tried {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Absent when it succeeded. */
  readonly failure?: FailureClass;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number;
}

/** Every attempt is kept for the report: from this number on they come no faster than this. */
const MANY_ATTEMPTS = 100;
const PACE_MS = 100;

export interface Moment {
  readonly now: number;
  readonly deadlineAt: number;
  /** In [0, 1). */
  readonly random: number;
}

export type Step =
  | { readonly kind: 'attempt'; readonly waitMs: number; readonly timeoutMs: number }
  | { readonly kind: 'passed' }
  | { readonly kind: 'notRun' }
  /** `why`: what ended the tries, where that is not the failure itself. */
  | { readonly kind: 'failed'; readonly why?: string };

/**
 * What to do about a check after the attempts so far. A check that wants one success is tried again for the failures that its policy names. Of one
 * that wants several in a row, any failure restarts the count, and as many failures in a row as it has attempts end it. An attempt that cannot
 * finish in time is not begun.
 */
export function nextStep(policy: AttemptPolicy, tried: readonly Tried[], moment: Moment): Step {
  const last = tried.at(-1);
  if (last === undefined) {
    const timeoutMs = timeoutAt(policy, moment, 0);
    return timeoutMs > 0 ? { kind: 'attempt', waitMs: 0, timeoutMs } : { kind: 'notRun' };
  }
  const inARow = sameAtEnd(tried, last.failure === undefined);
  if (last.failure === undefined) return afterSuccess(policy, tried, moment, inARow);
  if (!mayRetry(policy, last.failure, inARow)) return { kind: 'failed', ...(inARow > 1 && { why: `${inARow} attempts` }) };
  return again(policy, tried, moment, waitAfter(policy, last, { inARow, random: moment.random }));
}

function afterSuccess(policy: AttemptPolicy, tried: readonly Tried[], moment: Moment, inARow: number): Step {
  if (inARow >= policy.successes) return { kind: 'passed' };
  const step = again(policy, tried, moment, policy.intervalMs);
  return step.kind === 'failed'
    ? { kind: 'failed', why: `${inARow} of ${policy.successes} successes in a row when the time was up` }
    : step;
}

function mayRetry({ retry, successes, drains }: AttemptPolicy, failure: FailureClass, inARow: number): boolean {
  // An address that is refused now is refused forever.
  if (failure === 'refused') return false;
  if (drains) return true;
  return inARow < retry.attempts && (successes > 1 || retry.on.includes(failure));
}

function waitAfter(
  { retry, intervalMs, drains }: AttemptPolicy,
  { failure, retryAfterMs = 0 }: Tried,
  { inARow, random }: { readonly inARow: number; readonly random: number },
): number {
  // An old answer is no trouble of the server: it is asked again at the usual pace.
  if (drains && failure === 'assertion') return Math.max(retryAfterMs, intervalMs);
  const full = Math.min(retry.maxBackoffMs, retry.backoffMs * 2 ** Math.min(inARow - 1, 30));
  return Math.max(retryAfterMs, retry.jitter ? full * (0.5 + random / 2) : full);
}

function again(policy: AttemptPolicy, tried: readonly Tried[], moment: Moment, wantedWaitMs: number): Step {
  const waitMs = tried.length < MANY_ATTEMPTS ? wantedWaitMs : Math.max(wantedWaitMs, PACE_MS);
  const timeoutMs = timeoutAt(policy, moment, waitMs);
  if (timeoutMs > quickest(tried)) return { kind: 'attempt', waitMs, timeoutMs };
  const leftMs = Math.max(0, Math.round(moment.deadlineAt - moment.now));
  return { kind: 'failed', why: `no time for another attempt: ${leftMs} ms are left, and it would wait ${Math.round(waitMs)} ms first` };
}

function timeoutAt({ timeoutMs }: AttemptPolicy, { now, deadlineAt }: Moment, waitMs: number): number {
  return Math.min(timeoutMs, deadlineAt - now - waitMs);
}

/** The least time that an answer has taken: a new attempt needs as much. Those that ran into their own limit say nothing of it. */
function quickest(tried: readonly Tried[]): number {
  const answered = tried.filter(({ failure }) => failure !== 'timeout').map(({ startedAt, endedAt }) => endedAt - startedAt);
  return answered.length === 0 ? 0 : Math.max(0, Math.min(...answered));
}

function sameAtEnd(tried: readonly Tried[], ok: boolean): number {
  const other = tried.findLastIndex(({ failure }) => (failure === undefined) !== ok);
  return tried.length - 1 - other;
}
