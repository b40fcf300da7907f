import type { Report } from '../../lib/platform/report.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ChangeFlags } from '../flags/run.ts';
import { isChange, planTable } from '../plan-view.ts';
import { planWarnings } from '../plan-warnings.ts';
import { finish } from '../report-view.ts';
import { type ScaleRequest, scaleRunner } from '../run-scale.ts';
import { terminalOf } from '../terminal.ts';

type Change = Pick<ScaleRequest, 'runId'> & { readonly action: 'sleep' | 'wake' | 'reconcile' | 'restore' };

/**
 * A command that changes a cluster: looks, shows what it would do, asks, and does it.
 * @throws RefusedError when the change was not confirmed; nothing was changed then
 */
export async function change(context: CommandContext, flags: ChangeFlags, { action, ...request }: Change): Promise<ExitCode> {
  const run = await scaleRunner(context, flags, action);
  if (flags.dryRun) return finish(context, await run({ ...request, dryRun: true, at: flags.at }), { table: true });
  if (flags.yes) return finish(context, await run({ ...request, at: flags.at }), { table: true });
  // What was agreed to is what is done, also when the answer comes after the edge of a window.
  const at = flags.at ?? context.io.clock.now();
  const decision = await run({ ...request, dryRun: true, at });
  const changes = decision.items.filter(isChange).length;
  if (changes === 0 || decision.status === 'failed') return finish(context, decision, { table: true });
  show(context, decision);
  await confirm(`${changes} ${changes === 1 ? 'change' : 'changes'}. Go ahead?`, context.io);
  return finish(context, await run({ ...request, at }), { table: false });
}

/** The preview is part of the conversation, so standard output stays free for the result. */
function show({ io, output }: CommandContext, decision: Report): void {
  for (const line of planWarnings(decision.items)) output.warn(line);
  io.stderr.write(`${planTable(decision.items, { terminal: terminalOf(io.stderr, io.env), all: false })}\n\n`);
}
