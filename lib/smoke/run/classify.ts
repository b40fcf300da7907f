import type { AssertionResult } from '../assertion-result.ts';
import type { FailureClass } from '../failure-class.ts';
import type { Subject } from '../subject.ts';
import type { Assertion } from '../suite/suite.ts';

/**
 * Why an answer does not do, by what was asked of it (one result for each assertion, in their order): nothing when all holds that has to. A status
 * that is not the one asked for tells more than what else is wrong with the answer.
 */
export function failureOf(
  assertions: readonly Assertion[],
  results: readonly AssertionResult[],
  subject: Subject,
): FailureClass | undefined {
  const failed = results.map((result, index) => (fails(result) ? assertions[index] : undefined)).filter((each) => each !== undefined);
  if (failed.length === 0) return undefined;
  if (subject.kind !== 'http' || !failed.some(({ source }) => source.kind === 'status')) return 'assertion';
  if (subject.status === 429) return '429';
  return subject.status >= 500 ? '5xx' : 'status';
}

/** A latency that only degrades fails nothing. */
export function fails({ ok, degraded }: AssertionResult): boolean {
  return !ok && degraded !== true;
}
