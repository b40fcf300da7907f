import type { AssertionResult } from '../assertion-result.ts';
import { fails } from '../run/classify.ts';
import { isPass } from '../run/summary.ts';
import type { Attempt, CheckResult, SuiteResult } from '../suite-result.ts';

/** What a person has to see first. */
export interface FirstFailure {
  readonly check: CheckResult;
  readonly attempt?: Attempt;
  readonly assertion?: AssertionResult;
}

/** The first required check that did not pass, else the first optional one; and of its last attempt the first assertion that does not hold. */
export function firstFailure({ checks }: Pick<SuiteResult, 'checks'>): FirstFailure | undefined {
  const failed = checks.filter((check) => !isPass(check));
  // What was left out says nothing: what it waited for does.
  const check = best(failed, [({ optional, outcome }) => !optional && outcome !== 'skipped', ({ optional }) => !optional, () => true]);
  if (check === undefined) return undefined;
  const attempt = check.attempts.findLast(({ ok }) => !ok);
  const assertion = attempt?.assertions.find(fails);
  return { check, ...(attempt !== undefined && { attempt }), ...(assertion !== undefined && { assertion }) };
}

function best<T>(items: readonly T[], wishes: readonly ((item: T) => boolean)[]): T | undefined {
  for (const wish of wishes) {
    const found = items.find(wish);
    if (found !== undefined) return found;
  }
  return undefined;
}
