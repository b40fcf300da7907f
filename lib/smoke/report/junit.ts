import { isPass } from '../run/summary.ts';
import type { CheckResult, SuiteResult } from '../suite-result.ts';
import { type Markup, markup } from './markup.ts';
import { assertionLines, attemptLine, oneLine, seconds } from './words.ts';

/**
 * JUnit XML as Jenkins, GitLab and CodeBuild read it: one test case per check. An assertion that does not hold is a failure, what could not be asked
 * an error; what was not run is skipped, and so is an optional check that did not pass, because these programs know no other way to fail nothing.
 */
export function junitReport(result: SuiteResult): string {
  const cases = result.checks.map((check) => ({ check, verdict: verdictOf(check) }));
  const count = (verdict: Verdict): number => cases.filter((each) => each.verdict === verdict).length;
  const name = oneLine(result.suite);
  const counts = markup`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(result.durationMs)}"`;
  const document = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}" ${counts}>
  <testsuite name="${name}" ${counts} timestamp="${result.startedAt}">
${cases.map(({ check, verdict }) => testCase(name, check, verdict))}${systemOut('    ', [result.summary, ...result.warnings.map((line) => `warning: ${line}`)])}  </testsuite>
</testsuites>
`;
  return document.text;
}

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

function verdictOf(check: CheckResult): Verdict {
  if (isPass(check)) return 'passed';
  if (check.optional || check.outcome === 'skipped') return 'skipped';
  return check.outcome === 'error' ? 'error' : 'failure';
}

function testCase(suite: string, check: CheckResult, verdict: Verdict): Markup {
  const { name, kind, durationMs, outcome, optional, reason, attempts, curl } = check;
  const why = oneLine(reason ?? outcome);
  const lines = attempts.flatMap((attempt) => [attemptLine(attempt), ...assertionLines(attempt).map((line) => `  ${line}`)]);
  // A pass that people should know of is told where test cases have room for it.
  const told = [...(verdict === 'passed' && reason !== undefined ? [`${outcome}: ${oneLine(reason)}`] : []), ...lines];
  return markup`    <testcase name="${oneLine(name)}" classname="${suite}.${kind}" time="${seconds(durationMs)}">
${verdict === 'passed' ? undefined : problem(verdict, { why: optional ? `optional, ${outcome}: ${why}` : why, check, curl })}${systemOut('      ', told)}    </testcase>
`;
}

interface Problem {
  readonly why: string;
  readonly check: CheckResult;
  readonly curl: string | undefined;
}

function problem(verdict: Exclude<Verdict, 'passed'>, { why, check, curl }: Problem): Markup {
  if (verdict === 'skipped') return markup`      <skipped message="${why}"/>\n`;
  const last = check.attempts.findLast(({ ok }) => !ok);
  const lines = [why, ...(last === undefined ? [] : assertionLines(last)), ...(curl === undefined ? [] : [curl])];
  const text = [...new Set(lines)].join('\n');
  const type = last?.failure ?? check.outcome;
  return verdict === 'error'
    ? markup`      <error message="${why}" type="${type}">${text}</error>\n`
    : markup`      <failure message="${why}" type="${type}">${text}</failure>\n`;
}

function systemOut(indent: string, lines: readonly string[]): Markup | undefined {
  return lines.length === 0 ? undefined : markup`${indent}<system-out>${lines.join('\n')}</system-out>\n`;
}
