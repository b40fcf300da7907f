import { oneLine, span } from '../../lib/smoke/report/words.ts';
import { fails } from '../../lib/smoke/run/classify.ts';
import type { CheckOutcome, CheckResult, SuiteResult } from '../../lib/smoke/suite-result.ts';
import { type Cell, tableOf } from '../table.ts';
import type { Style, Terminal } from '../terminal.ts';

const STYLES: Readonly<Record<CheckOutcome, Style>> = {
  passed: 'green',
  flaky: 'yellow',
  degraded: 'yellow',
  failed: 'red',
  error: 'red',
  skipped: 'dim',
};

/** A line per check, then what did not hold with what was expected and how to ask again, then the summary. */
export function suiteText(result: SuiteResult, terminal: Terminal): string {
  const table = tableOf(['check', 'outcome', 'took', 'attempts', 'why'], result.checks.map(row), terminal);
  const failures = result.checks
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'error')
    .map((check) => failureText(check, terminal));
  const style = result.status === 'passed' ? 'green' : result.status === 'failed' ? 'red' : 'yellow';
  const last = `${terminal.paint(style, result.status)}: ${oneLine(result.summary)}, in ${span(result.durationMs)}`;
  return [table, ...failures, last].join('\n\n');
}

function row({ name, outcome, optional, durationMs, attempts, reason }: CheckResult): readonly Cell[] {
  return [
    { text: name },
    { text: optional && outcome !== 'passed' ? `${outcome}, optional` : outcome, style: STYLES[outcome] },
    { text: attempts.length === 0 ? '' : span(durationMs) },
    { text: attempts.length === 0 ? '' : String(attempts.length) },
    { text: oneLine(reason ?? '') },
  ];
}

function failureText({ name, attempts, reason, curl }: CheckResult, terminal: Terminal): string {
  const last = attempts.findLast(({ ok }) => !ok);
  const wrong = last?.assertions.filter(fails) ?? [];
  const facts = wrong.flatMap(({ assertion, expected, actual }) => [
    `  ${oneLine(assertion)}`,
    `    expected ${oneLine(expected)}`,
    `    got      ${oneLine(actual)}`,
  ]);
  return [
    terminal.paint('bold', oneLine(name)),
    ...(facts.length > 0 ? facts : [`  ${oneLine(last?.message ?? reason ?? '')}`]),
    ...(curl === undefined ? [] : [`  again: ${oneLine(curl)}`]),
  ].join('\n');
}
