import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ChangeFlags } from '../flags/run.ts';
import { change } from './change.ts';

/** `nightshift reconcile`: brings every workload to what its schedule wants now; a second run finds nothing to do. */
export async function reconcile(context: CommandContext, flags: ChangeFlags): Promise<ExitCode> {
  return change(context, flags, { action: 'reconcile' });
}
