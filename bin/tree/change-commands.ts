import type { Command } from 'commander';
import { addConnectionFlags } from '../flags/connection.ts';
import { addGlobalFlags } from '../flags/global.ts';
import { addChangeFlags, addRunFlags, addStateFlags, atOption } from '../flags/run.ts';
import { runId } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** The commands that change a cluster. Each shows what it would do and asks, unless --yes. */
export function addChangeCommands(program: Command, run: Runner): void {
  const sleep = changeCommand(program, 'sleep', 'put to sleep now whatever may sleep, whatever its schedule says');
  addExamples(sleep, [
    ['nightshift sleep -n shop -n payments', 'two namespaces, for tonight'],
    ['nightshift sleep --cluster dev-eu --region eu-central-1 --dry-run', 'an EKS cluster: only look'],
  ]);
  bind(sleep, run, async () => (await import('../commands/sleep.ts')).sleep);

  const wake = changeCommand(program, 'wake', 'give every sleeping workload back what it was');
  addExamples(wake, [
    ['nightshift wake -n shop --yes', 'a team works late'],
    ['nightshift wake --context kind-dev --kinds statefulsets', 'the databases first'],
  ]);
  bind(wake, run, async () => (await import('../commands/wake.ts')).wake);

  const reconcile = changeCommand(program, 'reconcile', 'bring every workload to what its schedule wants now');
  addExamples(reconcile, [
    ['nightshift reconcile --default-uptime "Mon-Fri 07:00-19:00 Europe/Berlin" --yes', 'from a cron job, as often as you like'],
    ['nightshift reconcile --at 2026-03-30T20:00:00Z --dry-run', 'what tonight would do'],
  ]);
  bind(reconcile, run, async () => (await import('../commands/reconcile.ts')).reconcile);

  addRestoreCommand(program, run);
}

function changeCommand(program: Command, name: string, description: string): Command {
  const command = program.command(name).description(description).addOption(atOption());
  return addGlobalFlags(addRunFlags(addChangeFlags(command)));
}

function addRestoreCommand(program: Command, run: Runner): void {
  const restore = program
    .command('restore')
    .description('put back what a run changed, from its ledger alone, even when every annotation is gone')
    .requiredOption('--run <id>', 'the run, as its report names it', runId)
    .option('--cluster-recreated', 'go on although the ledger was written on another cluster of this name: it was built anew');
  addExamples(addGlobalFlags(addStateFlags(addConnectionFlags(addChangeFlags(restore)))), [
    ['nightshift restore --run 20260330T190000Z-ab12cd', 'undo the sleep of that evening'],
    ['nightshift restore --run 20260330T190000Z-ab12cd --state-bucket my-nightshift-state --dry-run', 'what the function on AWS recorded'],
  ]);
  bind(restore, run, async () => (await import('../commands/restore.ts')).restore);
}
