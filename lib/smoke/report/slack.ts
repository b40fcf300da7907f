import { isPass } from '../run/summary.ts';
import type { SuiteResult } from '../suite-result.ts';
import { firstFailure } from './first-failure.ts';
import { oneLine } from './words.ts';

/** Other checks that are named; the rest is counted. */
const MOST_OTHERS = 5;

/**
 * The lines of a message about a suite, for a Notification: what failed first with what was expected and what came, how to ask again, and what else
 * did not simply pass. Every channel escapes and cuts them its own way.
 */
export function slackLines(result: SuiteResult): readonly string[] {
  const first = firstFailure(result);
  const others = result.checks.filter((check) => check !== first?.check && check.outcome !== 'passed');
  return [
    ...(first === undefined ? [] : failureLines(first)),
    ...others
      .slice(0, MOST_OTHERS)
      .map(({ name, outcome, reason }) => oneLine(`${name} ${outcome}${reason === undefined ? '' : `: ${reason}`}`)),
    ...(others.length > MOST_OTHERS ? [`and ${others.length - MOST_OTHERS} more`] : []),
    ...result.warnings.map((line) => oneLine(`warning: ${line}`)),
  ];
}

/** The title of that message. */
export function slackTitle({ suite, status, checks }: SuiteResult): string {
  const passed = checks.filter(isPass).length;
  return oneLine(`smoke test ${suite} ${status}: ${passed} of ${checks.length} ${checks.length === 1 ? 'check' : 'checks'} passed`);
}

function failureLines({ check, assertion }: NonNullable<ReturnType<typeof firstFailure>>): readonly string[] {
  const { name, outcome, optional, reason, curl } = check;
  const head = `${name} ${outcome}${optional ? ' (optional)' : ''}`;
  const lines = assertion
    ? [`${head}: ${assertion.assertion}`, `expected: ${assertion.expected}`, `actual: ${assertion.actual}`]
    : [`${head}: ${reason ?? 'no reason is known'}`];
  return [...lines, ...(curl === undefined ? [] : [`again: ${curl}`])].map(oneLine);
}
