import { matches } from '../../lib/schedule/matches.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { SpecFlags } from '../flags/schedule.ts';
import { isoOf } from '../iso.ts';
import { readSpec } from '../read-spec.ts';
import { specOptions } from '../spec-options.ts';

/** `nightshift schedule test SPEC`: does it hold at `at` (epoch ms, default now)? */
export async function scheduleTest(
  { io, output }: CommandContext,
  value: string,
  flags: SpecFlags & { readonly at?: number },
): Promise<ExitCode> {
  const at = flags.at ?? io.clock.now();
  const { spec, warnings } = readSpec(value, { ...specOptions(flags, io.env), at });
  for (const warning of warnings) output.warn(warning.message);
  const answer = matches(spec, at);
  await output.result({ matches: answer }, () => `${answer ? 'matches' : 'does not match'} at ${isoOf(at)}`);
  return answer ? ExitCode.done : ExitCode.failed;
}
