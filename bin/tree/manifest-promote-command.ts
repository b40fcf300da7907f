import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { named } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

export function addManifestPromoteCommand(manifest: Command, run: Runner): void {
  const promote = manifest
    .command('promote')
    .description(
      'copy versions from one environment to another by rules: image tags and digests, chart versions, any path; all files or none',
    )
    .requiredOption('--from <directory>', 'the environment that has the versions', named)
    .requiredOption('--to <directory>', 'the environment that gets them', named)
    .requiredOption('--rules <file>', 'what is promoted: YAML or JSON; - for standard input', named)
    .option('--allow-downgrade', 'let versions go down')
    .option('--dry-run', 'show the difference and change nothing')
    .option('-y, --yes', 'do not ask');
  addExamples(addGlobalFlags(promote), [
    ['nightshift manifest promote --from envs/dev --to envs/prod --rules promotion.yaml --dry-run', 'what would change?'],
    [
      'nightshift manifest promote --from envs/dev --to envs/prod --rules promotion.yaml --yes -o json',
      'in a pipeline; done twice, it does nothing more',
    ],
  ]);
  bind(promote, run, async () => (await import('../commands/manifest-promote.ts')).manifestPromote);
}
