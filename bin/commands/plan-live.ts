import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { finish } from '../report-view.ts';
import { scaleRunner } from '../run-scale.ts';
import type { PlanFlags } from './plan.ts';

/** The plan of a real cluster. */
export async function planLive(context: CommandContext, flags: PlanFlags): Promise<ExitCode> {
  const run = await scaleRunner(context, flags, 'plan');
  const report = await run({ at: flags.at });
  return finish(context, report, { table: true, all: flags.all ?? false });
}
