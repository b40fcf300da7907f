import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { tapReport } from '../../../../lib/smoke/report/tap.ts';
import { runs } from '../../../support/runs.ts';
import { anyText } from './any-text.ts';
import { aCheckResult, aFailedAttempt, aMixedResult, anAssertion, aSuiteResult } from './results.ts';

interface Point {
  readonly ok: boolean;
  readonly number: number;
  readonly name: string;
  readonly directive: string | undefined;
  readonly diagnostics: unknown;
}

/** Reads a report as the grammar of TAP 14 says. @throws Error for a line that it does not know */
function tapPoints(text: string): { readonly plan: number; readonly points: readonly Point[]; readonly bailed: string | undefined } {
  const lines = text.split('\n');
  if (lines.shift() !== 'TAP version 14' || lines.pop() !== '') throw new Error('no version, or no end');
  const [, plan] = /^1\.\.(\d+)$/.exec(lines.shift() ?? '') ?? [];
  const points: Point[] = [];
  let bailed: string | undefined;
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line.startsWith('#')) continue;
    if (line.startsWith('Bail out!')) {
      bailed = line.slice(10);
      continue;
    }
    const match = /^(ok|not ok) (\d+) - ((?:[^\\#]|\\[\\#])*?)(?: # (SKIP|TODO)(?: .*)?)?$/.exec(line);
    if (!match) throw new Error(`no line of TAP: ${JSON.stringify(line)}`);
    const yaml: string[] = [];
    if (lines[0] === '  ---') {
      lines.shift();
      for (let next = lines.shift(); next !== '  ...'; next = lines.shift()) {
        if (next === undefined || !next.startsWith('  ')) throw new Error('a diagnostics block without an end');
        yaml.push(next.slice(2));
      }
    }
    const document = parseDocument(yaml.join('\n'), { strict: true });
    if (document.errors[0]) throw document.errors[0];
    const [, verdict, number, name = '', directive] = match;
    points.push({
      ok: verdict === 'ok',
      number: Number(number),
      name: name.replace(/\\([\\#])/g, '$1'),
      directive,
      diagnostics: document.toJS() as unknown,
    });
  }
  return { plan: Number(plan), points, bailed };
}

describe('TAP', () => {
  it('has a plan and a point per check; what was not run is skipped, an optional check may fail', () => {
    const { plan, points, bailed } = tapPoints(tapReport(aMixedResult()));

    expect(plan).toBe(7);
    expect(bailed).toBeUndefined();
    expect(points.map(({ ok, number, name, directive }) => [ok, number, name, directive])).toEqual([
      [true, 1, 'home page', undefined],
      [false, 2, 'login', undefined],
      [true, 3, 'orders', undefined],
      [true, 4, 'search', undefined],
      [false, 5, 'database', undefined],
      [true, 6, 'logout', 'SKIP'],
      [false, 7, 'recommendations', 'TODO'],
    ]);
  });

  it('says in YAML what failed', () => {
    const { points } = tapPoints(tapReport(aMixedResult()));

    expect(points[1]?.diagnostics).toMatchObject({
      outcome: 'failed',
      assertions: [{ assertion: 'jsonPath $.version equals "2.4.1"', expected: 'equals "2.4.1"', actual: '"2.4.0"' }],
      curl: expect.stringContaining('curl'),
    });
    expect(points[2]?.diagnostics).toMatchObject({
      outcome: 'flaky',
      attempts: [expect.stringContaining('attempt 1'), expect.any(String)],
    });
  });

  it('does not pass for a pass when checks were left out and none failed', () => {
    const left = aCheckResult({ outcome: 'skipped', reason: 'not run for lack of time', attempts: [] });

    expect(tapPoints(tapReport(aSuiteResult([aCheckResult(), left]))).bailed).toBe('not run for lack of time');
    expect(tapPoints(tapReport(aSuiteResult([aCheckResult()], { status: 'passed' }))).bailed).toBeUndefined();
  });

  it('has no letter that YAML does not know, a console obeys, or that turns a line around', () => {
    const told = 'a\u009b31mb\u0082c\u007fd\u202ee\u2066f\ufeffg\ufffeh\u2028i';
    const check = aCheckResult({
      outcome: 'failed',
      reason: told,
      attempts: [aFailedAttempt({ assertions: [anAssertion({ ok: false, actual: told })] })],
    });

    const report = tapReport(aSuiteResult([check]));

    expect(report).not.toMatch(/[\u007f-\u009f\u2028\u202e\u2066\ufeff\ufffe]/);
    expect(tapPoints(report).points[0]?.diagnostics).toMatchObject({ message: told, assertions: [{ actual: told }] });
  });

  it('can be read whatever checks are named and servers answer', () => {
    const text = anyText(30);
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, fc.constantFrom('failed', 'skipped', 'passed')), { maxLength: 5 }), (checks) => {
        const results = checks.map(([name, actual, outcome]) =>
          aCheckResult({
            name,
            outcome,
            reason: actual,
            attempts: [aFailedAttempt({ assertions: [anAssertion({ ok: false, actual, expected: actual })] })],
            curl: actual,
          }),
        );

        const { points } = tapPoints(tapReport(aSuiteResult(results)));

        expect(points.map(({ number }) => number)).toEqual(checks.map((_, index) => index + 1));
        for (const [index, [, actual, outcome]] of checks.entries()) {
          if (outcome === 'failed')
            expect(points[index]?.diagnostics).toMatchObject({ message: actual.toWellFormed(), curl: actual.toWellFormed() });
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
