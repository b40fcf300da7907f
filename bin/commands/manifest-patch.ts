import { isJsonFile } from '../../lib/manifests/json-file.ts';
import { lineDiff } from '../../lib/manifests/line-diff.ts';
import type { Change } from '../../lib/manifests/patch/changes.ts';
import { pointerText } from '../../lib/manifests/patch/json-pointer.ts';
import { type PatchedText, type PatchType, patchText } from '../../lib/manifests/patch/patch-text.ts';
import { readPatch } from '../../lib/manifests/patch/read-patch.ts';
import type { DocumentSelector } from '../../lib/manifests/set/options.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';
import type { Io } from '../io.ts';
import { replaceFile } from '../manifests/replace-file.ts';
import { readTextFile } from '../manifests/text-file.ts';

interface PatchFlags extends GlobalFlags {
  readonly type: PatchType;
  /** The patch itself, or `@` and the file that it is in. */
  readonly patch: string;
  readonly doc?: DocumentSelector;
  readonly dryRun?: boolean;
  readonly stdout?: boolean;
}

/** `nightshift manifest patch FILE`: changes a document as the API server would, byte-exactly where that can be done. */
export async function manifestPatch(context: CommandContext, file: string, flags: PatchFlags): Promise<ExitCode> {
  const { io, output } = context;
  const patch = await patchOf(file, flags.patch, io);
  const before = await readTextFile(file, io);
  const result = patchText(before, { type: flags.type, patch, json: isJsonFile(file, before), ...(flags.doc && { document: flags.doc }) });
  if (result.how === 'printed') output.warn(printedAnew(file, result.doc));
  if (flags.dryRun) return showDifference(context, file, { before, result });
  if (flags.stdout || file === '-') return printText(context, result);
  if (result.how !== 'unchanged') await replaceFile(file, result.text);
  await output.result(documentOf(result), () => textOf(file, result));
  return ExitCode.done;
}

async function patchOf(file: string, written: string, io: Pick<Io, 'stdin'>): Promise<ReturnType<typeof readPatch>> {
  if (!written.startsWith('@')) return readPatch(written, 'the patch');
  const path = written.slice(1);
  if (path === '-' && file === '-')
    throw new UsageError('standard input cannot be both the file and the patch', { hint: 'give one of them as a file' });
  return readPatch(await readTextFile(path, io), path === '-' ? 'the patch on standard input' : `the patch ${path}`);
}

function printedAnew(file: string, doc: number): string {
  return `document ${doc} of ${nameOf(file)} is printed anew: its comments and quotes stay, its blanks and line folds may not`;
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function documentOf({ how, doc, changes }: PatchedText): Readonly<Record<string, unknown>> {
  return { changed: how !== 'unchanged', exact: how !== 'printed', doc, changes: changes.map(changeDocument) };
}

function changeDocument(change: Change): Readonly<Record<string, unknown>> {
  const { kind, path } = change;
  const from = change.kind === 'add' ? {} : { from: change.from };
  const origin = change.kind === 'add' && change.origin ? { origin: pointerText(change.origin.map(String)) } : {};
  return { action: kind, path: pointerText(path.map(String)), ...origin, ...from, ...(change.kind !== 'remove' && { to: change.value }) };
}

/** The text as it is, to the byte; programs get it inside the one document. */
async function printText({ io, output }: CommandContext, result: PatchedText): Promise<ExitCode> {
  if (output.format === 'text') io.stdout.write(result.text);
  else await output.result({ ...documentOf(result), text: result.text }, () => '');
  return ExitCode.done;
}

interface Difference {
  readonly before: string;
  readonly result: PatchedText;
}

async function showDifference({ output }: CommandContext, file: string, { before, result }: Difference): Promise<ExitCode> {
  const diff = lineDiff(before, result.text, nameOf(file));
  await output.result({ ...documentOf(result), dryRun: true, diff }, () => (diff === '' ? textOf(file, result) : diff));
  return ExitCode.done;
}

function textOf(file: string, { changes }: PatchedText): string {
  if (changes.length === 0) return `${nameOf(file)} is as the patch wants it already`;
  return changes.map((change) => `${nameOf(file)}: ${pointerText(change.path.map(String)) || '/'}: ${changeText(change)}`).join('\n');
}

function changeText(change: Change): string {
  if (change.kind === 'remove') return `removed ${JSON.stringify(change.from)}`;
  const to = JSON.stringify(change.value);
  if (change.kind === 'add' && change.origin) return `${to}, as it was at ${pointerText(change.origin.map(String))}`;
  return change.kind === 'add' ? `new ${to}` : `${JSON.stringify(change.from)} -> ${to}`;
}
