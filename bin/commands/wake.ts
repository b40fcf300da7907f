import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ChangeFlags } from '../flags/run.ts';
import { change } from './change.ts';

/** `nightshift wake`: gives every sleeping workload back what it was. */
export async function wake(context: CommandContext, flags: ChangeFlags): Promise<ExitCode> {
  return change(context, flags, { action: 'wake' });
}
