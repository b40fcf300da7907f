import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = resolve(import.meta.dirname, '../../../.ci/summary.ts');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summary-'));
  const testResults = [{ name: 'x.test.ts', status: 'passed', assertionResults: [{ fullName: 'works', status: 'passed' }] }];
  await writeFile(join(folder, 'unit.json'), JSON.stringify({ testResults }));
});

afterEach(() => rm(folder, { recursive: true }));

function summary(...reports: string[]): { lines: string[]; code: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [script, ...reports.map((report) => join(folder, report))], { encoding: 'utf8' });
  return { lines: stdout.trimEnd().split('\n'), code: status };
}

describe('the CI summary', () => {
  it('ends with the total and exits 0 when everything passed', () => {
    expect(summary('unit.json')).toEqual({ lines: ['unit: 1 passed, 0 failed, 0 skipped', '1 passed, 0 failed, 0 skipped'], code: 0 });
  });

  it('exits 1 and names the suite when a report is missing', () => {
    expect(summary('unit.json', 'real.json')).toEqual({
      lines: [
        'unit: 1 passed, 0 failed, 0 skipped',
        'real: 0 passed, 1 failed, 0 skipped',
        'FAILED real: left no report',
        '1 passed, 1 failed, 0 skipped',
      ],
      code: 1,
    });
  });
});
