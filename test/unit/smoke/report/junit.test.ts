import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitReport } from '../../../../lib/smoke/report/junit.ts';
import type { CheckOutcome } from '../../../../lib/smoke/suite-result.ts';
import { runs } from '../../../support/runs.ts';
import { anyText } from './any-text.ts';
import { aCheckResult, aFailedAttempt, aMixedResult, anAssertion, aSuiteResult } from './results.ts';
import { type Element, xmlElements } from './xml-elements.ts';

const OUTCOMES: readonly CheckOutcome[] = ['passed', 'flaky', 'degraded', 'failed', 'error', 'skipped'];

/** What the schemas of Jenkins and Ant say of the elements that are used: which attributes they need, and which children they may have. */
const SCHEMA: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    children: ['testcase', 'system-out'],
  },
  testcase: { attributes: ['name', 'classname', 'time'], children: ['skipped', 'error', 'failure', 'system-out'] },
  failure: { attributes: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
  skipped: { attributes: ['message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

function problemsOf(element: Element): string[] {
  const rule = SCHEMA[element.name];
  if (!rule) return [`unknown element ${element.name}`];
  const names = Object.keys(element.attributes).sort();
  return [
    ...(names.join() === [...rule.attributes].sort().join() ? [] : [`${element.name} has the attributes ${names}`]),
    ...element.children.flatMap((child) => (rule.children.includes(child.name) ? problemsOf(child) : [`${child.name} in ${element.name}`])),
  ];
}

const casesOf = (document: Element): Element[] => document.children[0]!.children.filter(({ name }) => name === 'testcase');
const verdictOf = ({ children }: Element): string => children.map(({ name }) => name).find((name) => name !== 'system-out') ?? 'passed';

describe('JUnit XML', () => {
  const document = xmlElements(junitReport(aMixedResult()));

  it('has the elements and attributes that its readers know, and no other', () => {
    expect(document.name).toBe('testsuites');
    expect(problemsOf(document)).toEqual([]);
  });

  it('has one test case per check, by how it ended; an optional check fails nothing', () => {
    expect(casesOf(document).map((each) => [each.attributes.name, each.attributes.classname, verdictOf(each)])).toEqual([
      ['home page', 'shop.http', 'passed'],
      ['login', 'shop.http', 'failure'],
      ['orders', 'shop.http', 'passed'],
      ['search', 'shop.http', 'passed'],
      ['database', 'shop.tcp', 'error'],
      ['logout', 'shop.http', 'skipped'],
      ['recommendations', 'shop.http', 'skipped'],
    ]);
  });

  it('tells times in seconds', () => {
    expect(casesOf(document)[2]!.attributes.time).toBe('0.400');
    expect(document.attributes.time).toBe('1.300');
  });

  it('tells of a failure which assertion, what was expected, what came, and how to ask again', () => {
    const [failure] = casesOf(document)[1]!.children;

    expect(failure).toMatchObject({
      attributes: { type: 'assertion', message: 'jsonPath $.version equals "2.4.1": got "2.4.0"' },
      text: expect.stringContaining('curl -sS -i -X POST'),
    });
  });

  it('tells every attempt, of a pass as well', () => {
    const out = casesOf(document)[2]!.children.find(({ name }) => name === 'system-out')!.text;

    expect(out).toContain('flaky: passed after 1 of 2 attempts had failed');
    expect(out).toMatch(/attempt 1 at .* failed \(5xx\).*\n.*\nattempt 2 at .* ok/);
  });

  it('is well formed, and counts what it holds, whatever checks are named and servers answer', () => {
    const text = anyText(30);
    const check = fc.record({ name: text, reason: text, actual: text, outcome: fc.constantFrom(...OUTCOMES), optional: fc.boolean() });
    fc.assert(
      fc.property(text, fc.array(check, { maxLength: 6 }), (suite, checks) => {
        const results = checks.map(({ name, reason, actual, outcome, optional }) =>
          aCheckResult({
            name,
            outcome,
            optional,
            ...(outcome !== 'passed' && { reason }),
            attempts: outcome === 'skipped' ? [] : [aFailedAttempt({ message: actual, assertions: [anAssertion({ ok: false, actual })] })],
            curl: actual,
          }),
        );

        const report = xmlElements(junitReport(aSuiteResult(results, { suite })));

        expect(problemsOf(report)).toEqual([]);
        const verdicts = casesOf(report).map(verdictOf);
        for (const counted of [report, report.children[0]!]) {
          const { tests, failures, errors, skipped } = counted.attributes;
          const count = (verdict: string): string => String(verdicts.filter((each) => each === verdict).length);
          expect([tests, failures, errors, skipped]).toEqual([String(checks.length), count('failure'), count('error'), count('skipped')]);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
