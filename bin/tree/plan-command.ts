import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { addRunFlags, atOption } from '../flags/run.ts';
import { repeated } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

export function addPlanCommand(program: Command, run: Runner): void {
  const plan = program
    .command('plan')
    .description('show what would sleep or wake now, and why; changes nothing')
    .option(
      '-f, --filename <path>',
      'decide on manifests (a file, a directory, or - for standard input) instead of a cluster; may be repeated',
      repeated,
    )
    .option('--all', 'show every workload, also those that are as they should be')
    .option('--dry-run', 'accepted; a plan never changes anything')
    .addOption(atOption());
  addExamples(addGlobalFlags(addRunFlags(plan)), [
    ['nightshift plan --default-uptime "Mon-Fri 07:00-19:00 Europe/Berlin"', 'the current context of your kubeconfig, now'],
    ['nightshift plan -f manifests/ --at 2026-03-30T20:00:00Z -o json', 'what the manifests of a repository would do on a Monday evening'],
    ['kubectl get deploy,sts,cj,ns -A -o json | nightshift plan -f -', 'a cluster that only kubectl can reach'],
  ]);
  bind(plan, run, async () => (await import('../commands/plan.ts')).plan);
}
