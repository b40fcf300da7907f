import type { StatusMode } from '../../lib/rollout/status/modes.ts';
import { type StatusItem, type StatusWord, statusItems } from '../../lib/rollout/status/status-item.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readStatusInputs } from '../manifests/status-inputs.ts';
import { statusText } from '../status-view.ts';
import { terminalOf } from '../terminal.ts';

export interface StatusFlags {
  readonly filename: readonly string[];
  readonly mode?: StatusMode;
  /** Epoch milliseconds; default now. */
  readonly at?: number;
}

/** What waits is no failure, as for `kubectl rollout status --watch=false`. */
const NEGATIVE: ReadonlySet<StatusWord> = new Set(['Failed', 'error', 'failed', 'blocked']);

/** `nightshift status -f`: how are these objects, in whose words? Asks no cluster. */
export async function status({ io, output }: CommandContext, flags: StatusFlags): Promise<ExitCode> {
  const { inputs, warnings } = await readStatusInputs(flags.filename, io);
  const items = statusItems(inputs, { mode: flags.mode ?? 'verdict', now: flags.at ?? io.clock.now() });
  for (const line of [...warnings, ...items.flatMap(warningsOf)]) output.warn(line);
  await output.result({ items }, () => statusText(items, terminalOf(io.stdout, io.env)));
  return items.some((item) => NEGATIVE.has(item.status)) ? ExitCode.failed : ExitCode.done;
}

/** A verdict's warnings begin with the object that they are about; only its namespace is missing. */
function warningsOf({ namespace, warnings = [] }: StatusItem): readonly string[] {
  return warnings.map((warning) => (namespace === '' ? warning : `${namespace}/${warning}`));
}
