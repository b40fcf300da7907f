import { RefusedError } from '../../lib/platform/errors.ts';
import { type Chosen, chooseOutputs } from '../../lib/terraform/choose.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { OutputsFlags } from '../flags/terraform.ts';
import { terminalOf } from '../terminal.ts';
import { checkOutputsFlags } from '../terraform/check-flags.ts';
import { outputsDocument, outputsTable } from '../terraform/outputs-view.ts';
import { outputsFrom } from '../terraform/read-outputs.ts';

/** `nightshift terraform outputs`: the outputs, as a table or for another program. */
export async function terraformOutputs(context: CommandContext, flags: OutputsFlags): Promise<ExitCode> {
  checkOutputsFlags(flags);
  const { outputs, warnings } = await outputsFrom(context, flags);
  for (const warning of warnings) context.output.warn(warning);
  const chosen = chooseOutputs(outputs, { names: flags.name ?? [], showSensitive: flags.showSensitive ?? false });
  if (flags.format === undefined) return showTable(context, chosen);
  if (flags.format === 'ssm') return (await import('../terraform/outputs-as-parameters.ts')).outputsAsParameters(context, flags, chosen);
  assertWritable(chosen, flags);
  const { writeOutputs } = await import('../terraform/write-outputs.ts');
  await writeOutputs(context, { ...flags, format: flags.format }, chosen);
  return ExitCode.done;
}

async function showTable(context: CommandContext, { all, masked }: Chosen): Promise<ExitCode> {
  const { exactResult } = await import('../terraform/exact-result.ts');
  const terminal = terminalOf(context.io.stdout, context.io.env);
  await exactResult(context, outputsDocument(all, masked), () => outputsTable(all, masked, terminal));
  return ExitCode.done;
}

/** Who names an output and does not get it would go on without it. */
function assertWritable({ masked }: Chosen, { name = [] }: OutputsFlags): void {
  const [first] = masked.filter((each) => name.includes(each));
  if (first === undefined) return;
  throw new RefusedError(`output ${first} is sensitive and was not written`, {
    hint: 'add --show-sensitive, and see to it that what is written is kept secret',
  });
}
