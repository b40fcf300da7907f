import { nextTransitions } from '../../lib/schedule/next-transitions.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { SpecFlags } from '../flags/schedule.ts';
import { isoOf } from '../iso.ts';
import { readSpec } from '../read-spec.ts';
import { specOptions } from '../spec-options.ts';

const DEFAULT_COUNT = 5;

interface NextFlags extends SpecFlags {
  readonly at?: number;
  readonly count?: number;
}

/** `nightshift schedule next SPEC`: when does it start and stop to hold, after `at` (epoch ms, default now)? */
export async function scheduleNext({ io, output }: CommandContext, value: string, flags: NextFlags): Promise<ExitCode> {
  const { spec, warnings } = readSpec(value, specOptions(flags, io.env));
  for (const warning of warnings) output.warn(warning.message);
  const at = flags.at ?? io.clock.now();
  const found = nextTransitions(spec, at, { count: flags.count ?? DEFAULT_COUNT, horizonMs: Number.POSITIVE_INFINITY });
  const next = found.map((transition) => ({ at: isoOf(transition.at), to: transition.to }));
  await output.result({ next }, () => textOf(next, at));
  return ExitCode.done;
}

function textOf(next: readonly { readonly at: string; readonly to: boolean }[], at: number): string {
  if (next.length === 0) return `never changes after ${isoOf(at)}`;
  return next.map(({ at, to }) => `${at}  ${to ? 'starts' : 'ends'}`).join('\n');
}
