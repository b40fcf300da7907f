import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REPORT_KINDS } from '../../../bin/flags/smoke.ts';
import { FAILURE_CLASSES } from '../../../lib/smoke/failure-class.ts';
import { suiteResultSchema } from '../../../lib/smoke/report/result-schema.ts';
import { runCli } from '../cli/run-cli.ts';

const page = readFileSync(new URL('../../../docs/smoke.md', import.meta.url), 'utf8');

describe('the page on smoke tests', () => {
  it('has a row for each outcome and no other', () => {
    const section = page.slice(page.indexOf('## How a check ends'), page.indexOf('| exit code'));
    const rows = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map(([, outcome]) => outcome);

    expect(rows).toEqual([...suiteResultSchema.shape.checks.unwrap().element.shape.outcome.options]);
  });

  it('has a row for each kind of report', () => {
    const rows = [...page.matchAll(/^\| `(\w+)=FILE` +\|/gm)].map(([, kind]) => kind);

    expect(rows.sort()).toEqual([...REPORT_KINDS].sort());
  });

  it('names every class of failure', () => {
    for (const failure of FAILURE_CLASSES) expect(page).toContain(`\`${failure}\``);
  });

  it('names every flag of the command, save those of every command', async () => {
    const { stdout: global } = await runCli(['completion', '--help']);
    const { stdout: help } = await runCli(['smoke', 'run', '--help']);
    const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
    const own = flags.filter((flag) => !global.includes(flag) && flag !== '--profile');

    expect(own.length).toBeGreaterThan(10);
    for (const flag of own) expect(page).toContain(flag);
  });
});
