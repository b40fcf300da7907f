import { messageOf } from '../../platform/errors.ts';
import { credentialsOfProbe, secretsOfProbe } from '../redaction/probe-secrets.ts';
import { curlLine } from '../report/curl-line.ts';
import { fillAssertions, fillProbe } from '../suite/fill.ts';
import type { Check } from '../suite/suite.ts';
import type { Attempt, CheckResult } from '../suite-result.ts';
import { type AttemptContext, attemptOnce, type ReadyCheck } from './attempt.ts';
import { type AttemptPolicy, nextStep, type Tried } from './next-step.ts';
import { type Ending, endingOf } from './outcome.ts';

export interface CheckContext extends AttemptContext {
  /** In [0, 1). */
  readonly random: () => number;
}

export interface CheckRun {
  /** Not yet redacted. */
  readonly result: CheckResult;
  readonly captured: ReadonlyMap<string, string>;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/**
 * Runs one check to its end. Never rejects.
 * @param drains whether it proves the version after a deploy, so that old answers are waited out
 */
export async function runCheck(
  check: Check,
  { values, drains }: { readonly values: ReadonlyMap<string, string>; readonly drains: boolean },
  context: CheckContext,
): Promise<CheckRun> {
  const startedAt = context.clock.now();
  const ready = fill(check, { values, fresh: drains || check.successes > 1 });
  if ('problem' in ready) return { result: resultOf(check, { outcome: 'error', reason: ready.problem }), captured: NOTHING };
  context.keeper.add(credentialsOfProbe(ready.probe));
  context.keeper.addLikely(secretsOfProbe(ready.probe));
  const { ending, attempts, captured } = await tries(ready, { ...check, drains }, context);
  const durationMs = Math.max(0, context.clock.now() - startedAt);
  const curl = ready.probe.kind === 'http' && ending.outcome !== 'passed' && attempts.length > 0 ? curlLine(ready.probe) : undefined;
  return { result: { ...resultOf(check, ending), durationMs, attempts, ...(curl !== undefined && { curl }) }, captured };
}

/** The result of a check that was not asked. */
export function resultOf(check: Check, ending: Ending): CheckResult {
  const { name, probe, optional } = check;
  return { name, kind: probe.kind, optional, ...ending, durationMs: 0, attempts: [] };
}

function fill(
  check: Check,
  { values, fresh }: { readonly values: ReadonlyMap<string, string>; readonly fresh: boolean },
): ReadyCheck | { readonly problem: string } {
  try {
    return { check, probe: fillProbe(check.probe, values), assertions: fillAssertions(check.assert, values), fresh };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

interface Tries {
  readonly ending: Ending;
  readonly attempts: readonly Attempt[];
  readonly captured: ReadonlyMap<string, string>;
}

async function tries(ready: ReadyCheck, policy: AttemptPolicy, context: CheckContext): Promise<Tries> {
  const { clock, budget, random } = context;
  const attempts: Attempt[] = [];
  const tried: Tried[] = [];
  let captured = NOTHING;
  for (;;) {
    // A timer may fire a moment before its time by the clock: the time is up all the same.
    const now = budget.ended() === 'time' ? Math.max(clock.now(), budget.deadlineAt) : clock.now();
    const step = nextStep(policy, tried, { now, deadlineAt: budget.deadlineAt, random: random() });
    if (step.kind !== 'attempt') return { ending: endingOf(step, attempts, policy), attempts, captured };
    // An interruption ends the wait as well.
    if (step.waitMs > 0) await clock.sleep(step.waitMs, budget.signal).catch(() => undefined);
    if (budget.ended() === 'interrupted') return { ending: interruptedAfter(attempts), attempts, captured: NOTHING };
    const made = await attemptOnce(ready, { number: attempts.length + 1, timeoutMs: step.timeoutMs }, context);
    attempts.push(made.attempt);
    tried.push(made.tried);
    captured = made.captured;
  }
}

function interruptedAfter(attempts: readonly Attempt[]): Ending {
  if (attempts.length === 0) return { outcome: 'skipped', reason: 'not run: the run was interrupted' };
  return { outcome: 'error', reason: 'the run was interrupted' };
}
