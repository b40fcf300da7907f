import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OUTPUTS_FORMATS } from '../../../bin/flags/terraform.ts';
import { FAIL_ON } from '../../../lib/terraform/plan/fail-on.ts';
import { runCli } from '../cli/run-cli.ts';

const page = readFileSync(new URL('../../../docs/terraform.md', import.meta.url), 'utf8');

describe('the page on Terraform', () => {
  it('has a row for each format and no other', () => {
    expect([...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, format]) => format)).toEqual([...OUTPUTS_FORMATS]);
  });

  it('names every flag of the commands, save those of every command', async () => {
    const { stdout: global } = await runCli(['completion', '--help']);
    for (const command of ['outputs', 'plan']) {
      const { stdout: help } = await runCli(['terraform', command, '--help']);
      const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
      const own = flags.filter((flag) => !global.includes(flag) && !['--filename', '--region', '--profile'].includes(flag));

      expect(own.length).toBeGreaterThan(0);
      for (const flag of own) expect(page).toContain(flag);
    }
  });

  it('explains what --fail-on takes', () => {
    const section = page.slice(page.indexOf('## Plans'), page.indexOf('## Exit codes'));

    for (const word of FAIL_ON) expect(section).toMatch(new RegExp(`\`(?:--fail-on )?${word}\``));
  });
});
