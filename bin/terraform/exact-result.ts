import { fitsDouble, isList, isNumber, isObject, type TerraformValue } from '../../lib/terraform/value.ts';
import type { CommandContext } from '../context.ts';

/**
 * Prints a document whose numbers may have more digits than JavaScript's: JSON has them all. In YAML, whose readers take numbers for doubles, those
 * that do not fit are strings.
 */
export async function exactResult({ io, output }: CommandContext, document: unknown, text: () => string): Promise<void> {
  if (output.format === 'json') {
    const { jsonText } = await import('../../lib/terraform/json.ts');
    io.stdout.write(`${jsonText(document)}\n`);
  } else await output.result(output.format === 'yaml' ? withoutExactNumbers(document) : document, text);
}

function withoutExactNumbers(document: unknown): unknown {
  // Documents of commands are made of what JSON has, and of exact numbers.
  const value = document as TerraformValue;
  if (isNumber(value)) return fitsDouble(value.value) ? Number(value.value) : value.value;
  if (isList(value)) return value.map(withoutExactNumbers);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutExactNumbers(item)])) : value;
}
