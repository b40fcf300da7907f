import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { addSmokeRunFlags } from '../flags/smoke.ts';
import { named } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** Asking a service whether it works, and whether it is the version that was deployed. */
export function addSmokeCommands(program: Command, run: Runner): void {
  const smoke = program.command('smoke').description('prove that a service answers as it should, and that the new version does');

  const suite = smoke
    .command('run')
    .description('run the checks of a suite (exit code 1 when one fails; --timeout instead of its own deadline)')
    .argument('<file>', 'the suite, YAML or JSON, or multi-check JSON of CloudWatch Synthetics; - for standard input', named);
  addExamples(addGlobalFlags(addSmokeRunFlags(suite)), [
    ['nightshift smoke run smoke.yaml --var base=https://shop.example.com', 'does it work?'],
    [
      'nightshift smoke run smoke.yaml --expect-version 2.4.1 --timeout 2m --report junit=smoke.xml --report html=smoke.html',
      'after a deploy',
    ],
    ['nightshift smoke run smoke.yaml --allow 127.0.0.1', 'against a service on this machine'],
  ]);
  bind(suite, run, async () => (await import('../commands/smoke-run.ts')).smokeRun);

  const check = smoke
    .command('check')
    .description('read a suite and tell every problem in it; nothing is asked')
    .argument('<file>', 'the suite; - for standard input', named);
  addExamples(addGlobalFlags(check), [['nightshift smoke check smoke.yaml', 'in a pull request, before anybody deploys with it']]);
  bind(check, run, async () => (await import('../commands/smoke-check.ts')).smokeCheck);
}
