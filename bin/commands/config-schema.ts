import schema from '../../schema/nightshift.schema.json' with { type: 'json' };
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

/** `nightshift config schema`: the JSON schema of `nightshift.yaml`, as it is published. */
export async function configSchema({ output }: CommandContext): Promise<ExitCode> {
  await output.result(schema, () => schemaText().trimEnd());
  return ExitCode.done;
}

export function schemaText(): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
