import type { AssertionResult } from '../assertion-result.ts';
import type { FailureClass } from '../failure-class.ts';
import type { Attempt, CheckOutcome } from '../suite-result.ts';
import { fails } from './classify.ts';
import type { Step } from './next-step.ts';

export interface Ending {
  readonly outcome: CheckOutcome;
  /** Why it is not `passed`. */
  readonly reason?: string;
}

/** Those where an answer came and was not the right one; after the others nobody knows. */
const ANSWERED: ReadonlySet<FailureClass> = new Set(['429', '5xx', 'status', 'assertion']);

/**
 * How a check has ended. `drains`: answers of the old version before those of the new one are what a deploy looks like, and not flaky.
 */
export function endingOf(
  step: Exclude<Step, { kind: 'attempt' }>,
  attempts: readonly Attempt[],
  { drains }: { readonly drains: boolean },
): Ending {
  switch (step.kind) {
    case 'notRun':
      return { outcome: 'skipped', reason: 'not run for lack of time' };
    case 'passed':
      return passedAs(attempts, drains);
    case 'failed':
      return failedAs(attempts, step.why);
    default:
      return step satisfies never;
  }
}

function passedAs(attempts: readonly Attempt[], drains: boolean): Ending {
  const failed = attempts.filter(({ ok, failure }) => !ok && !(drains && failure === 'assertion'));
  const slow = attempts.filter(({ ok }) => ok).flatMap(({ assertions }) => assertions.filter(({ degraded }) => degraded === true));
  const slowly = slow.map(told).at(0);
  const first = failed.at(0);
  if (first === undefined) return slowly === undefined ? { outcome: 'passed' } : { outcome: 'degraded', reason: slowly };
  const reason = `passed after ${failed.length} of ${attempts.length} attempts had failed, first: ${whyNot(first)}`;
  return { outcome: 'flaky', reason: slowly === undefined ? reason : `${reason}; ${slowly}` };
}

function failedAs(attempts: readonly Attempt[], why: string | undefined): Ending {
  const last = attempts.at(-1);
  if (last === undefined || last.ok) return { outcome: 'failed', reason: why ?? 'no attempt succeeded' };
  const outcome = last.failure === undefined || ANSWERED.has(last.failure) ? 'failed' : 'error';
  return { outcome, reason: why === undefined ? whyNot(last) : `${whyNot(last)} (${why})` };
}

/** Why an attempt failed: one line. */
export function whyNot({ message, assertions, failure }: Attempt): string {
  const wrong = assertions.filter(fails);
  const [first] = wrong;
  if (first === undefined) return message ?? `failed: ${failure ?? 'unknown'}`;
  return wrong.length === 1 ? told(first) : `${told(first)}; ${wrong.length - 1} more`;
}

/** What was expected is part of what was asked. */
function told({ assertion, actual }: AssertionResult): string {
  return `${assertion}: got ${actual}`;
}
