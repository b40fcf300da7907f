import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ChangeFlags } from '../flags/run.ts';
import { change } from './change.ts';

/** `nightshift sleep`: puts to sleep whatever may sleep, whatever the schedule says now. */
export async function sleep(context: CommandContext, flags: ChangeFlags): Promise<ExitCode> {
  return change(context, flags, { action: 'sleep' });
}
