import * as z from 'zod';

/** The part of vitest's JSON report (`--reporter=json`) that is counted. */
const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line per failure, for people. */
  readonly failures: readonly string[];
}

/**
 * Counts one suite's report. A file that failed outside its tests (it did not load, a hook threw) counts as one failure, because its
 * tests never ran; so does a report without a single test, and one that is missing or not a report of vitest's.
 * @param json the report's text, or `undefined` when the suite left none.
 */
export function countTests(suite: string, json: string | undefined): TestCounts {
  if (json === undefined) return broken(`${suite}: left no report`);
  const report = vitestReport.safeParse(parseJson(json));
  if (!report.success) return broken(`${suite}: its report is not vitest's JSON`);

  const tests = report.data.testResults.flatMap((file) => file.assertionResults);
  if (report.data.testResults.length === 0) return broken(`${suite}: ran no tests`);
  const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => `${suite}: ${fullName}`);
  const brokenFiles = report.data.testResults
    .filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
    .map(({ name, message }) => `${suite}: ${name} failed outside its tests: ${message?.split('\n')[0] ?? ''}`);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failures = [...failed, ...brokenFiles];
  return { passed, failed: failures.length, skipped: tests.length - passed - failed.length, failures };
}

/** All suites together. */
export function addCounts(counts: readonly TestCounts[]): TestCounts {
  const sum = (field: 'passed' | 'failed' | 'skipped'): number => counts.reduce((total, each) => total + each[field], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures: counts.flatMap(({ failures }) => failures) };
}

/** The line that CI reads. */
export function summaryLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function broken(reason: string): TestCounts {
  return { passed: 0, failed: 1, skipped: 0, failures: [reason] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
