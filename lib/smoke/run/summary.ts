import type { CheckOutcome, CheckResult, SuiteStatus } from '../suite-result.ts';

const ORDER: readonly CheckOutcome[] = ['passed', 'flaky', 'degraded', 'failed', 'error', 'skipped'];
/** Names in the one line; the rest is counted. */
const MOST_NAMES = 3;
const LONGEST_NAME = 60;

/** Whether a check has shown what it was there for. */
export function isPass({ outcome }: Pick<CheckResult, 'outcome'>): boolean {
  return outcome === 'passed' || outcome === 'flaky' || outcome === 'degraded';
}

/** A required check that was not run has shown nothing, so it fails the suite as well. Optional ones are told of and change nothing. */
export function statusOf(checks: readonly CheckResult[]): SuiteStatus {
  const required = checks.filter(({ optional }) => !optional);
  if (required.some((check) => !isPass(check))) return 'failed';
  if (required.some(({ outcome }) => outcome === 'flaky')) return 'flaky';
  return required.some(({ outcome }) => outcome === 'degraded') ? 'degraded' : 'passed';
}

/** One line: how many ended how, and which were not simply passed. */
export function summaryOf(checks: readonly CheckResult[]): string {
  const parts = ORDER.flatMap((outcome) => {
    const those = checks.filter((check) => check.outcome === outcome);
    if (those.length === 0) return [];
    const names = outcome === 'passed' ? '' : ` (${namesOf(those)})`;
    return [`${those.length} ${outcome}${names}`];
  });
  return `${parts.join(', ')} of ${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`;
}

function namesOf(checks: readonly CheckResult[]): string {
  const named = checks.slice(0, MOST_NAMES).map(({ name, optional }) => (optional ? `${short(name)}, optional` : short(name)));
  const more = checks.length - named.length;
  return more > 0 ? `${named.join('; ')}; ${more} more` : named.join('; ');
}

function short(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`;
}
