import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ChangeFlags } from '../flags/run.ts';
import { change } from './change.ts';

export interface RestoreFlags extends ChangeFlags {
  /** The run whose originals are put back. */
  readonly run: string;
}

/** `nightshift restore --run ID`: puts back what that run changed, from its ledger alone. */
export async function restore(context: CommandContext, flags: RestoreFlags): Promise<ExitCode> {
  return change(context, flags, { action: 'restore', runId: flags.run });
}
