import { join } from 'node:path';
import { lineDiff } from '../../lib/manifests/line-diff.ts';
import { planPromotion } from '../../lib/manifests/promote/plan-promotion.ts';
import type { Promotion } from '../../lib/manifests/promote/promotion.ts';
import { readRules } from '../../lib/manifests/promote/read-rules.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';
import { environmentFiles } from '../manifests/environment-files.ts';
import { replaceFiles } from '../manifests/replace-files.ts';
import { readTextFile } from '../manifests/text-file.ts';
import { promotionText } from '../promotion-view.ts';
import { terminalOf } from '../terminal.ts';

interface PromoteFlags extends GlobalFlags {
  readonly from: string;
  readonly to: string;
  readonly rules: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly allowDowngrade?: boolean;
}

/** `nightshift manifest promote`: copies versions between environments by rules; all files or none. */
export async function manifestPromote(context: CommandContext, flags: PromoteFlags): Promise<ExitCode> {
  const { io, output } = context;
  const { from, to, dryRun = false, allowDowngrade = false } = flags;
  const rules = readRules(await readTextFile(flags.rules, io), flags.rules);
  const promotion = planPromotion({ rules, from: await environmentFiles(from, io), to: await environmentFiles(to, io), allowDowngrade });
  for (const warning of promotion.warnings) output.warn(warning);
  const diff = promotion.files.map(({ file, before, after }) => lineDiff(before, after, join(to, file))).join('\n');
  if (promotion.files.length > 0 && !dryRun) await writeConfirmed(context, promotion, { flags, diff });
  const wrote = promotion.files.length > 0 && !dryRun;
  await output.result(documentOf(promotion, { diff, dryRun }), () =>
    promotionText(promotion, { wrote, to, diff: wrote ? '' : diff, terminal: terminalOf(io.stdout, io.env) }),
  );
  return ExitCode.done;
}

/** People see what would change before they are asked. @throws RefusedError when nobody says yes */
async function writeConfirmed(
  { io, output }: CommandContext,
  { files }: Promotion,
  { flags, diff }: { readonly flags: PromoteFlags; readonly diff: string },
): Promise<void> {
  for (const line of diff.split('\n')) output.note(line);
  if (!flags.yes) await confirm(`Write ${files.length === 1 ? 'this file' : `these ${files.length} files`}?`, io);
  await replaceFiles(files.map(({ file, before, after }) => ({ path: join(flags.to, file), before, after })));
}

function documentOf(
  { items, files }: Promotion,
  { diff, dryRun }: { readonly diff: string; readonly dryRun: boolean },
): Readonly<Record<string, unknown>> {
  return {
    changed: files.length > 0,
    ...(dryRun && { dryRun }),
    items,
    files: files.map(({ file, exact }) => ({ file, exact })),
    diff,
  };
}
