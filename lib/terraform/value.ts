import { isLosslessNumber, type LosslessNumber } from 'lossless-json';

/** A value as Terraform knows it. Numbers keep their source text: Terraform's have any precision. */
export type TerraformValue =
  | string
  | boolean
  | null
  | LosslessNumber
  | readonly TerraformValue[]
  | { readonly [key: string]: TerraformValue };

export type TerraformObject = { readonly [key: string]: TerraformValue };

export function isList(value: TerraformValue | undefined): value is readonly TerraformValue[] {
  return Array.isArray(value);
}

export function isObject(value: TerraformValue | undefined): value is TerraformObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

export function isNumber(value: TerraformValue | undefined): value is LosslessNumber {
  return isLosslessNumber(value);
}

/** What an object has under a key of its own, and not from JavaScript. */
export function memberOf(object: TerraformObject, key: string): TerraformValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** For messages; it tells nothing of the value. */
export function kindOf(value: TerraformValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isNumber(value)) return 'a number';
  if (isList(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? 'a string' : 'a boolean';
}

export function isEqual(left: TerraformValue | undefined, right: TerraformValue | undefined): boolean {
  if (isNumber(left) && isNumber(right)) return canonicalNumber(left.value) === canonicalNumber(right.value);
  if (isList(left) && isList(right)) return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]));
  }
  return left === right;
}

/** Whether a double holds exactly the number that is written: whoever reads it as one loses nothing. */
export function fitsDouble(text: string): boolean {
  const number = Number(text);
  return Number.isFinite(number) && canonicalNumber(String(number)) === canonicalNumber(text);
}

/** One text for all ways to write a JSON number: its digits without outer zeros, and the power of ten. */
function canonicalNumber(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}
