import type { AssertionResult } from '../assertion-result.ts';
import type { Attempt, CheckResult } from '../suite-result.ts';
import type { SecretKeeper } from './secret-keeper.ts';

/** A result without secrets, field by field: words of ours (outcomes, classes) stay words, whatever a secret is. */
export function cleanCheck(check: CheckResult, keeper: SecretKeeper): CheckResult {
  const { name, reason, attempts, curl } = check;
  return {
    ...check,
    name: keeper.clean(name),
    // Reasons of what was not asked quote nothing.
    ...(reason !== undefined && { reason: attempts.length === 0 ? keeper.clean(reason) : keeper.quote(reason) }),
    attempts: attempts.map((attempt) => cleanAttempt(attempt, keeper)),
    ...(curl !== undefined && { curl: keeper.quote(curl) }),
  };
}

function cleanAttempt(attempt: Attempt, keeper: SecretKeeper): Attempt {
  const { message, assertions, remoteAddress, hops } = attempt;
  return {
    ...attempt,
    ...(message !== undefined && { message: keeper.quote(message) }),
    assertions: assertions.map((each) => cleanAssertion(each, keeper)),
    ...(remoteAddress !== undefined && { remoteAddress: keeper.clean(remoteAddress) }),
    ...(hops !== undefined && { hops: hops.map((hop) => ({ ...hop, url: keeper.quote(hop.url) })) }),
  };
}

function cleanAssertion(result: AssertionResult, keeper: SecretKeeper): AssertionResult {
  return {
    ...result,
    assertion: keeper.quote(result.assertion),
    expected: keeper.quote(result.expected),
    actual: keeper.quote(result.actual),
  };
}
