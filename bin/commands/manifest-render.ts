import { readFile } from 'node:fs/promises';
import type { Json, Value, ValueMap } from '../../lib/manifests/json.ts';
import { readPatch } from '../../lib/manifests/patch/read-patch.ts';
import { layerValues, withoutDeleted } from '../../lib/manifests/render/layer-values.ts';
import { readLayer } from '../../lib/manifests/render/read-layer.ts';
import { type RenderFormat, renderTemplate } from '../../lib/manifests/render/render-template.ts';
import { setValue } from '../../lib/manifests/render/set-value.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';
import type { Io } from '../io.ts';
import { readTextFile } from '../manifests/text-file.ts';
import { writeTextFile } from '../write-file.ts';

interface RenderFlags extends GlobalFlags {
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly schema?: string;
  readonly resultSchema?: string;
  readonly format?: RenderFormat;
  readonly outputFile?: string;
}

/** `nightshift manifest render TEMPLATE`: configuration from a template and layered values, checked before and after. */
export async function manifestRender(context: CommandContext, file: string, flags: RenderFlags): Promise<ExitCode> {
  const { io, output } = context;
  const template = { name: file === '-' ? 'standard input' : file, text: await readTextFile(file, io) };
  const values = await valuesOf(file, flags, context);
  if (flags.schema !== undefined) await assertValid([values], 'the values do not fit', flags.schema, io);
  const format = flags.format ?? formatOf(flags.outputFile ?? file);
  const text = renderTemplate(template, values, format);
  if (flags.resultSchema !== undefined)
    await assertValid(await documentsOf(text, format), `what ${template.name} makes does not fit`, flags.resultSchema, io);
  if (flags.outputFile === undefined) return printText(context, { text, format });
  const changed = (await readFile(flags.outputFile, 'utf8').catch(() => undefined)) !== text;
  if (changed) await writeTextFile(flags.outputFile, text, { overwrite: true });
  await output.result(
    { file: flags.outputFile, format, changed },
    () => `${flags.outputFile} ${changed ? 'written' : 'is as it should be already'}`,
  );
  return ExitCode.done;
}

async function printText(
  { io, output }: CommandContext,
  result: { readonly text: string; readonly format: RenderFormat },
): Promise<ExitCode> {
  if (output.format === 'text') io.stdout.write(result.text);
  else await output.result(result, () => '');
  return ExitCode.done;
}

/** Files in their order, then what is set on the command line; null deletes. */
async function valuesOf(
  template: string,
  { values = [], set = [], setString = [] }: RenderFlags,
  { io, output }: CommandContext,
): Promise<ValueMap> {
  const inputs = [template, ...values].filter((path) => path === '-');
  if (inputs.length > 1) throw new UsageError('standard input can be read only once', { hint: 'give the others as files' });
  let layers: ValueMap = {};
  for (const path of values) {
    const layer = readLayer(await readTextFile(path, io), path === '-' ? 'standard input' : path);
    for (const warning of layer.warnings) output.warn(warning);
    layers = layerValues(layers, layer.values);
  }
  for (const assignment of set) layers = setValue(layers, assignment, { asString: false });
  for (const assignment of setString) layers = setValue(layers, assignment, { asString: true });
  return withoutDeleted(layers);
}

/** `deploy.yaml.liquid` makes YAML, `app.conf.liquid` a text. */
function formatOf(name: string): RenderFormat {
  const [, extension] = /\.(ya?ml|json)(?:\.[a-z0-9]+)?$/i.exec(name.toLowerCase()) ?? [];
  if (extension === undefined) return 'text';
  return extension === 'json' ? 'json' : 'yaml';
}

async function documentsOf(text: string, format: RenderFormat): Promise<readonly Json[]> {
  if (format === 'text') throw new UsageError('a text has no schema', { hint: 'say what it is by --format yaml or --format json' });
  const { readValues } = await import('../../lib/manifests/patch/read-values.ts');
  return readValues(text, '1.2').filter((value) => value !== null);
}

/** The validator is loaded only here. @param what beginning of the error, as in `the values do not fit` */
async function assertValid(values: readonly Value[], what: string, schema: string, io: Pick<Io, 'stdin'>): Promise<void> {
  const { schemaProblems } = await import('../../lib/manifests/render/check-schema.ts');
  const written = readPatch(await readTextFile(schema, io), `the schema ${schema}`);
  const problems = values.flatMap((value, index) =>
    schemaProblems(value, written, schema).map((problem) => (values.length > 1 ? `document ${index}: ${problem}` : problem)),
  );
  if (problems.length === 0) return;
  throw new BadInputError(`${what} ${schema}: ${problems.join('; ')}`, { hint: 'correct the values; nothing was written' });
}
