import { RefusedError } from '../platform/errors.ts';
import { jsonText } from './json.ts';
import type { TerraformOutput } from './outputs.ts';
import { plainText } from './plain-text.ts';
import { fitsDouble, isList, isNumber, isObject, type TerraformObject, type TerraformValue } from './value.ts';

export interface HelmValues {
  readonly text: string;
  /** Outputs with numbers that Helm would round; they were written as strings. */
  readonly stringified: readonly string[];
}

/**
 * Helm values: YAML in which every string is in double quotes, so that no version of YAML takes `no`, `0644` or `1e3` for anything else. Helm reads numbers as doubles: what
 * does not fit into one is written as a string.
 */
export function valuesFormat(outputs: readonly TerraformOutput[]): HelmValues {
  // Strings that UTF-8 does not have are refused.
  for (const output of outputs) plainText(output);
  const text = outputs.map(({ name, value }) => `${keyText(name)}:${valueText(value, '  ')}\n`).join('');
  return { text: text === '' ? '{}\n' : text, stringified: outputs.filter(({ value }) => hasWideNumber(value)).map(({ name }) => name) };
}

/** With the blank or line break between it and its key. */
function valueText(value: TerraformValue, indent: string): string {
  if (isList(value)) return value.length === 0 ? ' []' : value.map((item) => `\n${indent}-${valueText(item, `${indent}  `)}`).join('');
  if (!isObject(value)) return ` ${scalarText(value)}`;
  const entries = Object.entries(value);
  return entries.length === 0
    ? ' {}'
    : entries.map(([key, item]) => `\n${indent}${keyText(key)}:${valueText(item, `${indent}  `)}`).join('');
}

/** Plain only where no reader could see anything but the text: `e0` is a number for some, `y` a boolean for others. */
function keyText(key: string): string {
  if (
    key.length <= LONGEST_KEY &&
    /^[A-Za-z](?:[A-Za-z][A-Za-z0-9_-]*)?$/.test(key) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key)
  )
    return key;
  const text = quoted(key);
  if (text.length <= LONGEST_KEY) return text;
  throw new RefusedError(`a key of ${key.length} characters cannot be written as YAML: ${key.slice(0, 40)}…`, {
    hint: 'use --format json',
  });
}

/** YAML finds the colon of a key within 1,024 characters. */
const LONGEST_KEY = 1_000;

function scalarText(value: Exclude<TerraformValue, readonly TerraformValue[] | TerraformObject>): string {
  if (isNumber(value)) return fitsDouble(value.value) ? numberText(value.value) : quoted(value.value);
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** YAML 1.1 wants a dot and a sign, or takes `1e5` for a string. */
function numberText(json: string): string {
  return json.replace(
    /^(-?\d+)(?:\.(\d+))?[eE]([+-]?)(\d+)$/,
    (_, whole: string, fraction: string | undefined, sign: string, exponent: string) => {
      return `${whole}.${fraction ?? '0'}e${sign || '+'}${exponent}`;
    },
  );
}

/** JSON's escapes are YAML's too; beyond JSON, YAML wants what is not printable, or breaks lines, to be escaped. */
function quoted(text: string): string {
  return jsonText(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function hasWideNumber(value: TerraformValue): boolean {
  if (isNumber(value)) return !fitsDouble(value.value);
  if (isList(value)) return value.some(hasWideNumber);
  return isObject(value) && Object.values(value).some(hasWideNumber);
}
