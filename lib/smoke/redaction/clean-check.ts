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
  const cleaned = assertions.map((each) => cleanAssertion(each, keeper));
  // Of most there is nothing to take out: they stay what they are, without a copy.
  const isClean = message === undefined && hops === undefined && cleaned.every((each, index) => each === assertions[index]);
  if (isClean && (remoteAddress === undefined || keeper.clean(remoteAddress) === remoteAddress)) return attempt;
  return {
    ...attempt,
    ...(message !== undefined && { message: keeper.quote(message) }),
    assertions: cleaned,
    ...(remoteAddress !== undefined && { remoteAddress: keeper.clean(remoteAddress) }),
    ...(hops !== undefined && { hops: hops.map((hop) => ({ ...hop, url: keeper.quote(hop.url) })) }),
  };
}

function cleanAssertion(result: AssertionResult, keeper: SecretKeeper): AssertionResult {
  const assertion = keeper.quote(result.assertion);
  const expected = keeper.quote(result.expected);
  const actual = keeper.quote(result.actual);
  if (assertion === result.assertion && expected === result.expected && actual === result.actual) return result;
  return { ...result, assertion, expected, actual };
}
