import { type Command, Option } from 'commander';
import { STATUS_MODES } from '../../lib/rollout/status/modes.ts';
import { addGlobalFlags } from '../flags/global.ts';
import { instant, repeated } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** Telling the status of objects from a file, without a cluster. */
export function addStatusCommand(program: Command, run: Runner): void {
  const status = program
    .command('status')
    .description('tell how the objects of a file are, in our words or in those of kstatus or kubectl; asks no cluster')
    .requiredOption('-f, --filename <path>', 'the objects (a file, a directory, or - for standard input); may be repeated', repeated)
    .addOption(new Option('--mode <name>', 'whose rules and words (default: verdict)').choices(STATUS_MODES))
    .addOption(new Option('--at <instant>', 'tell it as of this instant, ISO 8601 with a zone (default: now)').argParser(instant));
  addExamples(addGlobalFlags(status), [
    ['kubectl get deploy,rs,pods,events -n shop -o json | nightshift status -f -', 'what ails the shop, and which container it is'],
    ['nightshift status -f objects.json --mode kstatus -o json', 'as Flux, Helm or kpt would see each object'],
    ['nightshift status -f deployment.yaml --mode kubectl', 'as kubectl rollout status --watch=false would, of a file'],
  ]);
  bind(status, run, async () => (await import('../commands/status.ts')).status);
}
