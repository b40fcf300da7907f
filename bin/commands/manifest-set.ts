import { isJsonFile } from '../../lib/manifests/json-file.ts';
import { lineDiff } from '../../lib/manifests/line-diff.ts';
import { editsOf } from '../../lib/manifests/set/edits.ts';
import { isImageField, isKustomization } from '../../lib/manifests/set/image-field.ts';
import type { Change, SetOptions, SetResult } from '../../lib/manifests/set/options.ts';
import { setValues } from '../../lib/manifests/set/set-values.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';
import { replaceFile } from '../manifests/replace-file.ts';
import { readTextFile } from '../manifests/text-file.ts';

interface SetFlags extends GlobalFlags {
  readonly string?: boolean;
  readonly doc?: NonNullable<SetOptions['document']>;
  readonly allDocs?: boolean;
  readonly create?: boolean;
  readonly followAliases?: boolean;
  readonly replaceAlias?: boolean;
  readonly dryRun?: boolean;
  readonly stdout?: boolean;
}

/** `nightshift manifest set FILE PATH=VALUE...`: all values are set, every other byte stays; or nothing is changed. */
export async function manifestSet(
  context: CommandContext,
  file: string,
  assignments: readonly string[],
  flags: SetFlags,
): Promise<ExitCode> {
  const { io, output } = context;
  const before = await readTextFile(file, io);
  const texts = isKustomization(file, before) ? { isText: isImageField } : {};
  const edits = editsOf(assignments, { asString: flags.string ?? false, ...texts });
  const result = setValues(before, edits, { ...optionsOf(flags), json: isJsonFile(file, before) });
  for (const note of result.notes) output.warn(note);
  if (flags.dryRun) return showDifference(context, file, { before, result });
  if (flags.stdout || file === '-') return printText(context, result);
  if (result.changes.length > 0) await replaceFile(file, result.text);
  await output.result(documentOf(result), () => textOf(file, result.changes));
  return ExitCode.done;
}

function optionsOf({ doc, allDocs = false, create = false, followAliases, replaceAlias }: SetFlags): SetOptions {
  const aliases = followAliases ? 'follow' : replaceAlias ? 'replace' : 'refuse';
  return { ...(doc && { document: doc }), allDocuments: allDocs, create, aliases };
}

function documentOf({ changes }: SetResult): { readonly changed: boolean; readonly edits: readonly Change[] } {
  return { changed: changes.length > 0, edits: changes };
}

/** The text as it is, to the byte; programs get it inside the one document. */
async function printText({ io, output }: CommandContext, result: SetResult): Promise<ExitCode> {
  if (output.format === 'text') io.stdout.write(result.text);
  else await output.result({ ...documentOf(result), text: result.text }, () => '');
  return ExitCode.done;
}

interface Difference {
  readonly before: string;
  readonly result: SetResult;
}

async function showDifference({ output }: CommandContext, file: string, { before, result }: Difference): Promise<ExitCode> {
  const diff = lineDiff(before, result.text, file === '-' ? 'standard input' : file);
  await output.result({ ...documentOf(result), dryRun: true, diff }, () => (diff === '' ? textOf(file, []) : diff));
  return ExitCode.done;
}

function textOf(file: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `${file} is as asked for already`;
  return changes
    .map(
      ({ path, line, to, ...was }) =>
        `${file}:${line}: ${path}: ${'from' in was ? `${JSON.stringify(was.from)} -> ` : 'new '}${JSON.stringify(to)}`,
    )
    .join('\n');
}
