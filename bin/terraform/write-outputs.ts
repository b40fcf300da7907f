import type { Chosen } from '../../lib/terraform/choose.ts';
import { envFormat, type Formatted } from '../../lib/terraform/env-format.ts';
import { jsonText } from '../../lib/terraform/json.ts';
import type { TerraformOutput } from '../../lib/terraform/outputs.ts';
import { valuesFormat } from '../../lib/terraform/values-format.ts';
import type { CommandContext } from '../context.ts';
import type { OutputsFlags, OutputsFormat } from '../flags/terraform.ts';
import { exactResult } from './exact-result.ts';
import { writeGithub } from './write-github.ts';

export type WriteFlags = OutputsFlags & { readonly format: Exclude<OutputsFormat, 'ssm'> };

/** Writes the outputs that may be shown in a format for another program, and says which are missing in it. */
export async function writeOutputs(context: CommandContext, flags: WriteFlags, { shown, masked }: Chosen): Promise<void> {
  if (masked.length > 0)
    context.output.warn(`left out, because they are sensitive: ${masked.join(', ')} (add --show-sensitive to write them)`);
  const outputs = shown;
  switch (flags.format) {
    case 'json':
      return writeJson(context, outputs);
    case 'env':
      return writeText(context, { format: 'env', masked, ...envFormat(outputs, envOptions(flags)) });
    case 'values':
      return writeValues(context, outputs, masked);
    case 'github':
      return writeGithub(context, flags, { outputs, masked });
    default:
      return flags.format satisfies never;
  }
}

async function writeJson(context: CommandContext, outputs: readonly TerraformOutput[]): Promise<void> {
  const document = Object.fromEntries(outputs.map(({ name, value }) => [name, value]));
  await exactResult(context, document, () => jsonText(document, 2));
}

function envOptions({ prefix, export: exported }: OutputsFlags): { readonly prefix?: string; readonly exported?: boolean } {
  return { ...(prefix !== undefined && { prefix }), ...(exported !== undefined && { exported }) };
}

async function writeValues(context: CommandContext, outputs: readonly TerraformOutput[], masked: readonly string[]): Promise<void> {
  const { text, stringified } = valuesFormat(outputs);
  if (stringified.length > 0)
    context.output.warn(`written as strings, because Helm would round the numbers in them: ${stringified.join(', ')}`);
  await writeText(context, { format: 'values', text, left: [], masked });
}

async function writeText(
  { output }: CommandContext,
  { format, text, left, masked }: Formatted & { readonly format: string; readonly masked: readonly string[] },
): Promise<void> {
  if (left.length > 0) output.warn(`left out, because they are null: ${left.join(', ')}`);
  await output.result({ format, text, masked, left }, () => text.replace(/\n$/, ''));
}
