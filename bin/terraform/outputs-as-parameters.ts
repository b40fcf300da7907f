import { messageOf } from '../../lib/platform/errors.ts';
import type { Chosen } from '../../lib/terraform/choose.ts';
import type { PutAction, PutItem } from '../../lib/terraform/put-parameters.ts';
import { type OutputParameter, ssmFormat } from '../../lib/terraform/ssm-format.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { OutputsFlags } from '../flags/terraform.ts';
import { tableOf } from '../table.ts';
import { terminalOf } from '../terminal.ts';
import { MASK } from './outputs-view.ts';

interface Item {
  readonly parameter: OutputParameter;
  readonly action: PutAction | 'would-put';
}

/** Lists the parameters that the outputs would be, or with --put writes them. A sensitive value is written as a SecureString and not shown. */
export async function outputsAsParameters(context: CommandContext, flags: OutputsFlags, { all, masked }: Chosen): Promise<ExitCode> {
  const { output } = context;
  const { parameters, left } = ssmFormat(all, flags.prefix ?? '');
  if (left.length > 0) output.warn(`left out, because they are null: ${left.join(', ')}`);
  const { items, error } = flags.put ? await put(context, flags, parameters) : { items: parameters.map(listed), error: undefined };
  const document = items.map((item) => documentOf(item, masked));
  await output.result({ put: flags.put ?? false, parameters: document, left }, () => textOf(context, items, masked));
  if (error === undefined) return ExitCode.done;
  output.error(`${messageOf(error)}; what comes after it was left, and the command may be repeated`);
  return ExitCode.failed;
}

async function put(
  { io }: CommandContext,
  flags: OutputsFlags,
  parameters: readonly OutputParameter[],
): Promise<{ readonly items: readonly PutItem[]; readonly error?: unknown }> {
  const { putParameters } = await import('../../lib/terraform/put-parameters.ts');
  const { ssmParameterWriter } = await import('../../lib/aws/ssm-parameter-writer.ts');
  return putParameters(parameters, ssmParameterWriter(await regionOf(io.env, flags.region)), io.signal);
}

async function regionOf(env: CommandContext['io']['env'], flag: string | undefined): Promise<string> {
  if (flag !== undefined) return flag;
  const { knownRegion } = await import('../../lib/aws/known-region.ts');
  const region = await knownRegion(env);
  if (region !== undefined) return region.name;
  throw new UsageError('no AWS region is known', { hint: 'add --region, or set AWS_REGION' });
}

function listed(parameter: OutputParameter): Item {
  return { parameter, action: 'would-put' };
}

function documentOf({ parameter: { name, type, output, value }, action }: Item, masked: readonly string[]): object {
  return { name, type, output, ...(!masked.includes(output) && { value }), action };
}

function textOf({ io }: CommandContext, items: readonly Item[], masked: readonly string[]): string {
  if (items.length === 0) return 'no parameters';
  const rows = items.map(({ parameter: { name, type, output, value }, action }) => [
    { text: name },
    { text: type, style: 'dim' as const },
    { text: action.replace('-', ' ') },
    masked.includes(output) ? { text: MASK, style: 'yellow' as const } : { text: value },
  ]);
  return tableOf(['PARAMETER', 'TYPE', 'ACTION', 'VALUE'], rows, terminalOf(io.stdout, io.env));
}
