import { type ReadOutputs, readOutputs } from '../../lib/terraform/outputs.ts';
import type { CommandContext } from '../context.ts';
import type { OutputsFlags } from '../flags/terraform.ts';
import { type NamedText, readText } from './read-text.ts';

/** The outputs of the file that is named, or of the state that terraform finds in the directory. */
export async function outputsFrom(context: CommandContext, flags: OutputsFlags): Promise<ReadOutputs> {
  const { text, where } = flags.filename === undefined ? await printed(context, flags) : await readText(flags.filename, context.io);
  return readOutputs(text, where);
}

async function printed({ io, output }: CommandContext, { dir, program, timeout, verbose }: OutputsFlags): Promise<NamedText> {
  const { runTerraformOutputs } = await import('../../lib/terraform/run-outputs.ts');
  const { text, command } = await runTerraformOutputs({
    environment: io.env,
    signal: io.signal,
    ...(dir !== undefined && { directory: dir }),
    ...(program !== undefined && { program }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
    // Standard output is the outputs, sensitive ones among them.
    ...(verbose && { onLine: (line: string, from: string) => (from === 'stderr' ? output.note(line) : undefined) }),
  });
  return { text, where: command };
}
