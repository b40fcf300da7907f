import { type Command, Option } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { documentSelector } from '../flags/manifest.ts';
import { named } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';
import { addManifestPatchCommand } from './manifest-patch-command.ts';
import { addManifestPromoteCommand } from './manifest-promote-command.ts';
import { addManifestRenderCommand } from './manifest-render-command.ts';

/** Editing manifests, values files, kustomizations, playbooks and workflows. */
export function addManifestCommands(program: Command, run: Runner): void {
  const manifest = program.command('manifest').description('edit YAML and JSON files without touching the rest of them');
  const set = manifest
    .command('set')
    .description('change values in place: every other byte of the file stays, or nothing is changed (exit code 3)')
    .argument('<file>', 'YAML or JSON file; - for standard input, to standard output', named)
    .argument(
      '<path=value...>',
      'as in image.tag=v2, containers[0].image=app:1 or /spec/replicas=3; several are made together or not at all',
    )
    .option('--string', 'take the values as texts: 1.20 and true are written in quotes')
    .addOption(new Option('--doc <n|kind/name>', 'the document, by its number from 0 or as in Deployment/web').argParser(documentSelector))
    .addOption(new Option('--all-docs', 'in every document that the path exists in').conflicts('doc'))
    .option('--create', 'make keys that are missing')
    .addOption(new Option('--follow-aliases', 'change what an alias stands for, for all who use it').conflicts('replaceAlias'))
    .option('--replace-alias', 'write the value in place of an alias')
    .option('--dry-run', 'show the difference and change nothing')
    .option('--stdout', 'print the result and leave the file alone');
  addExamples(addGlobalFlags(set), [
    ['nightshift manifest set values.yaml image.tag=v1.4.2', 'one line of the diff, comments and quotes as they were'],
    [
      'nightshift manifest set app.yaml --doc Deployment/web spec.replicas=3 spec.template.spec.containers[0].image=web:1.20',
      'together or not at all',
    ],
    [
      `nightshift manifest set chart/values.yaml --string 'podAnnotations["prometheus.io/port"]=8080' --dry-run`,
      'a text, not a number; look first',
    ],
  ]);
  bind(set, run, async () => (await import('../commands/manifest-set.ts')).manifestSet);
  addManifestPatchCommand(manifest, run);
  addManifestPromoteCommand(manifest, run);
  addManifestRenderCommand(manifest, run);
}
