import { describe, expect, it } from 'vitest';
import { addCounts, countTests, summaryLine } from '../../../.ci/count-tests.ts';

function aReport(...files: { status?: string; message?: string; tests: string[] }[]): string {
  return JSON.stringify({
    testResults: files.map(({ status = 'passed', message = '', tests }, index) => ({
      name: `/p/test/file-${index}.test.ts`,
      status,
      message,
      assertionResults: tests.map((each, number) => ({ fullName: `behaviour ${number}`, status: each })),
    })),
  });
}

describe('countTests', () => {
  it('counts the tests of all files, pending and todo ones as skipped', () => {
    const report = aReport({ tests: ['passed', 'skipped', 'pending'] }, { tests: ['passed', 'todo'] });

    expect(countTests('unit', report)).toEqual({ passed: 2, failed: 0, skipped: 3, failures: [] });
  });

  it('names each failed test', () => {
    const report = aReport({ status: 'failed', tests: ['passed', 'failed'] });

    expect(countTests('unit', report)).toEqual({ passed: 1, failed: 1, skipped: 0, failures: ['unit: behaviour 1'] });
  });

  it.each([{ tests: [] as string[] }, { tests: ['skipped'] }])(
    'counts a file that failed outside its tests as one failure',
    ({ tests }) => {
      const { failed, failures } = countTests('unit', aReport({ status: 'failed', message: 'Cannot find module\n  at x', tests }));

      expect(failed).toBe(1);
      expect(failures).toEqual(['unit: /p/test/file-0.test.ts failed outside its tests: Cannot find module']);
    },
  );

  it.each([
    ['left no report', undefined],
    ["its report is not vitest's JSON", 'Segmentation fault'],
    ["its report is not vitest's JSON", '{"testResults": 3}'],
    ['ran no tests', aReport()],
  ])('counts a suite that %s as one failure', (reason, json) => {
    expect(countTests('real', json)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [`real: ${reason}`] });
  });
});

describe('summaryLine', () => {
  it('adds the suites up in plain words', () => {
    const suites = [countTests('a', aReport({ tests: ['passed', 'skipped'] })), countTests('b', undefined)];

    expect(summaryLine(addCounts(suites))).toBe('1 passed, 1 failed, 1 skipped');
  });
});
