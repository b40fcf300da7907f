import { jsonText } from '../../lib/terraform/json.ts';
import type { TerraformOutput } from '../../lib/terraform/outputs.ts';
import { typeText } from '../../lib/terraform/type.ts';
import { tableOf } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export const MASK = '(sensitive)';

/** A table for people; strings are as in JSON, so that a blank at their end is seen. */
export function outputsTable(outputs: readonly TerraformOutput[], masked: readonly string[], terminal: Terminal): string {
  const rows = outputs.map(({ name, type, value }) => [
    { text: name },
    { text: typeText(type), style: 'dim' as const },
    masked.includes(name) ? { text: MASK, style: 'yellow' as const } : { text: jsonText(value) },
  ]);
  return rows.length === 0 ? 'no outputs' : tableOf(['NAME', 'TYPE', 'VALUE'], rows, terminal);
}

/** For programs: a masked output has no value. */
export function outputsDocument(outputs: readonly TerraformOutput[], masked: readonly string[]): object {
  const entries = outputs.map(({ name, type, sensitive, value }) => [
    name,
    { type: typeText(type), sensitive, ...(!masked.includes(name) && { value }) },
  ]);
  return { outputs: Object.fromEntries(entries), masked };
}
