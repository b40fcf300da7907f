import { fails } from '../run/classify.ts';
import { isPass } from '../run/summary.ts';
import type { CheckResult, SuiteResult } from '../suite-result.ts';
import { firstFailure } from './first-failure.ts';
import { attemptLine, oneLine } from './words.ts';

/** TAP version 14 (https://testanything.org/tap-version-14-specification.html): one test point per check, with YAML diagnostics where there is something to tell. */
export function tapReport(result: SuiteResult): string {
  const points = result.checks.map((check, index) => pointOf(check, index + 1));
  const notOk = result.checks.some((check) => verdictOf(check) === 'not ok');
  // Whoever reads TAP counts a skipped point as passed; a suite that could not be finished has not passed.
  const unfinished =
    result.status === 'failed' && !notOk ? [`Bail out! ${described(firstFailure(result)?.check.reason ?? result.summary)}`] : [];
  const comments = [result.summary, ...result.warnings.map((line) => `warning: ${line}`)].map((line) => `# ${oneLine(line)}`);
  return `${['TAP version 14', `1..${result.checks.length}`, ...points, ...comments, ...unfinished].join('\n')}\n`;
}

function verdictOf(check: CheckResult): 'ok' | 'not ok' {
  return isPass(check) || check.outcome === 'skipped' ? 'ok' : 'not ok';
}

function pointOf(check: CheckResult, number: number): string {
  const line = `${verdictOf(check)} ${number} - ${described(check.name)}${directiveOf(check)}`;
  return [line, ...diagnostics(check)].join('\n');
}

/** `TODO`: a point that may fail. */
function directiveOf({ outcome, optional, reason }: CheckResult): string {
  if (outcome === 'skipped') return ` # SKIP ${described(reason ?? 'not run')}`;
  return optional && (outcome === 'failed' || outcome === 'error') ? ' # TODO optional' : '';
}

/** A number sign would begin a directive, a backslash an escape. */
function described(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}

function diagnostics(check: CheckResult): readonly string[] {
  const { outcome, kind, durationMs, reason, attempts, curl } = check;
  if (outcome === 'skipped') return [];
  const failed = attempts.findLast(({ ok }) => !ok);
  const wrong = outcome === 'passed' ? [] : (failed?.assertions.filter(fails) ?? []);
  const entries = [
    ['outcome', outcome],
    ['kind', kind],
    ['duration_ms', durationMs],
    ...(reason === undefined ? [] : [['message', reason] as const]),
    ...(curl === undefined ? [] : [['curl', curl] as const]),
  ] as const;
  return [
    '  ---',
    ...entries.map(([key, value]) => `  ${key}: ${scalar(value)}`),
    ...(wrong.length === 0 ? [] : ['  assertions:']),
    ...wrong.flatMap(({ assertion, expected, actual }) => [
      `    - assertion: ${scalar(assertion)}`,
      `      expected: ${scalar(expected)}`,
      `      actual: ${scalar(actual)}`,
    ]),
    ...(attempts.length < 2 ? [] : ['  attempts:', ...attempts.map((attempt) => `    - ${scalar(attemptLine(attempt))}`)]),
    '  ...',
  ];
}

/** What JSON leaves as it is and YAML 1.2 does not know (production 1), or what consoles take for a command or a change of direction. */
const NOT_PLAIN = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** JSON's scalars are YAML's. */
function scalar(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return JSON.stringify(value.toWellFormed()).replace(NOT_PLAIN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
