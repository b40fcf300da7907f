import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { named, repeated } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** Making `nightshift.yaml`, the file that is deployed, and asking what it means. */
export function addConfigurationCommands(program: Command, run: Runner): void {
  addInitCommand(program, run);
  const config = program.command('config').description('check and explain nightshift.yaml, the file that is deployed');

  const check = config
    .command('check')
    .description('tell every problem of the file, or what its stages come to')
    .argument('[file]', 'the file; - for standard input', named, 'nightshift.yaml');
  addExamples(addGlobalFlags(check), [
    ['nightshift config check', 'where is it deployed, when does it sleep, whom does it tell?'],
    ['nightshift config check infra/nightshift.yaml -o json', 'in a pipeline: exit code 2 and all problems as data'],
  ]);
  bind(check, run, async () => (await import('../commands/config-check.ts')).configCheck);

  const schema = config.command('schema').description('print the JSON schema of the file, for editors');
  addExamples(addGlobalFlags(schema), [
    ['nightshift config schema > nightshift.schema.json', 'after an upgrade, where init has put it beside the file'],
  ]);
  bind(schema, run, async () => (await import('../commands/config-schema.ts')).configSchema);
}

function addInitCommand(program: Command, run: Runner): void {
  const init = program
    .command('init')
    .description('write a nightshift.yaml with every word explained; asks what is not said by flags')
    .optionsGroup('Answers:')
    .option('--stage <name>', 'its first stage (default: dev)', named)
    .option('--cluster <name>', 'an EKS cluster of the stage; may be repeated (default: dev)', repeated)
    .option('--uptime <spec>', 'when workloads are awake (default: Mon-Fri 07:00-19:00 Europe/Berlin)', named)
    .option('--timezone <zone>', 'IANA zone of times that name none', named)
    .option('--account <id>', 'AWS account of the stage (default: that of the credentials that deploy)', named)
    .option('--region <region>', 'AWS region of the stage (default: that of the credentials that deploy)', named)
    .option('--email <address>', 'who hears of alarms; may be repeated (default: nobody)', repeated)
    .option('--slack-webhook-parameter <name>', 'SSM parameter with the Slack webhook for failed runs (default: none)', named)
    .option('--name <name>', 'prefix of everything that is deployed (default: nightshift)', named)
    .option('-y, --yes', 'ask nothing: take the defaults')
    .optionsGroup('File:')
    .option('--file <file>', 'where to write it (default: nightshift.yaml)', named)
    .option('--force', 'replace a file that is there')
    .option('--stdout', 'print it and write nothing');
  addExamples(addGlobalFlags(init), [
    ['nightshift init', 'a few questions, each with a default'],
    ['nightshift init --yes --cluster dev-eu --cluster dev-us --uptime "Mon-Fri 08:00-20:00 Europe/Paris"', 'from a script'],
  ]);
  bind(init, run, async () => (await import('../commands/init.ts')).init);
}
