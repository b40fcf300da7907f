import { RefusedError } from '../platform/errors.ts';
import { jsonText } from './json.ts';
import type { TerraformOutput } from './outputs.ts';
import { isList, isNumber, isObject } from './value.ts';

/**
 * The text of an output where there are only texts: strings as they are, numbers with all their digits, lists and objects as JSON on one line.
 * @returns undefined for null, which no text says
 * @throws RefusedError for a string that cannot be written as it is: with a NUL, or with half a surrogate pair, which UTF-8 does not have
 */
export function plainText({ name, value }: Pick<TerraformOutput, 'name' | 'value'>): string | undefined {
  if (value === null) return undefined;
  if (isNumber(value)) return value.value;
  if (isList(value) || isObject(value)) return assertWritable(name, jsonText(value));
  return typeof value === 'string' ? assertWritable(name, value) : String(value);
}

function assertWritable(name: string, text: string): string {
  if (!text.includes('\0') && text.isWellFormed()) return text;
  throw new RefusedError(`output ${name} cannot be written as text: it holds a NUL or half a surrogate pair`, {
    hint: 'use --format json, or encode the value in the configuration, as with base64encode',
  });
}
