import { type Command, Option } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { documentSelector } from '../flags/manifest.ts';
import { named } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** The names are repeated here, so that the tree does not load what patches. */
const TYPES = ['json', 'merge', 'strategic'] as const;

export function addManifestPatchCommand(manifest: Command, run: Runner): void {
  const patch = manifest
    .command('patch')
    .description(
      'apply a JSON, merge or strategic merge patch as the API server does; byte-exact wherever lines can be changed, added, moved and taken away',
    )
    .argument('<file>', 'YAML or JSON file; - for standard input, to standard output', named)
    .addOption(
      new Option('--type <type>', 'RFC 6902, RFC 7386, or strategic: by the merge keys of the built-in kinds')
        .choices(TYPES)
        .makeOptionMandatory(),
    )
    .requiredOption('--patch <patch>', 'the patch as JSON or YAML, or @ and its file, or @- for standard input', named)
    .addOption(new Option('--doc <n|kind/name>', 'the document, by its number from 0 or as in Deployment/web').argParser(documentSelector))
    .option('--dry-run', 'show the difference and change nothing')
    .option('--stdout', 'print the result and leave the file alone');
  addExamples(addGlobalFlags(patch), [
    [`nightshift manifest patch app.yaml --type merge --patch '{"spec":{"replicas":3}}'`, 'one value: every other byte stays'],
    ['nightshift manifest patch app.yaml --doc Deployment/web --type strategic --patch @sidecar.yaml', 'containers merge by their names'],
    [
      `nightshift manifest patch app.json --type json --patch '[{"op":"remove","path":"/spec/paused"}]' --dry-run`,
      'only look; an error when it is not there',
    ],
  ]);
  bind(patch, run, async () => (await import('../commands/manifest-patch.ts')).manifestPatch);
}
