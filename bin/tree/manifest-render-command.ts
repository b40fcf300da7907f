import { type Command, Option } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { named, repeated } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** The names are repeated here, so that the tree does not load what renders. */
const FORMATS = ['yaml', 'json', 'text'] as const;

export function addManifestRenderCommand(manifest: Command, run: Runner): void {
  const render = manifest
    .command('render')
    .description(
      'make configuration from a Liquid template and layered values; a value that is missing, or would break the document, is an error',
    )
    .argument('<template>', 'the template; - for standard input', named)
    .option('--values <file>', 'values, YAML or JSON; may be repeated, later files win, null deletes', repeated)
    .option('--set <path=value>', 'one value, over all files; may be repeated', repeated)
    .option('--set-string <path=value>', 'one text, whatever it looks like; may be repeated', repeated)
    .option('--schema <file>', 'JSON schema that the values must fit', named)
    .option('--result-schema <file>', 'JSON schema that each document of the result must fit', named)
    .addOption(new Option('--format <format>', 'what is made (default: by the name of the output file or the template)').choices(FORMATS))
    .option('--output-file <file>', 'where to write it (default: standard output)', named);
  addExamples(addGlobalFlags(render), [
    ['nightshift manifest render deploy.yaml.liquid --values base.yaml --values prod.yaml --set image.tag=v1.4.2', 'later values win'],
    [
      'nightshift manifest render app.json.liquid --values app.yaml --schema values.schema.json --output-file app.json',
      'checked before anything is written',
    ],
  ]);
  bind(render, run, async () => (await import('../commands/manifest-render.ts')).manifestRender);
}
