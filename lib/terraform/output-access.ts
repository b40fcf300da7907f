import { nearestWord } from '../schedule/nearest-word.ts';
import { TerraformOutputError } from './output-error.ts';
import { type PathPart, parsePath, pathText } from './output-path.ts';
import type { TerraformOutput } from './outputs.ts';
import { fitsDouble, isList, isNumber, isObject, kindOf, memberOf, type TerraformObject, type TerraformValue } from './value.ts';

/**
 * Values of outputs by path, each of the type that its reader asks for.
 *
 * ```ts
 * const subnet = outputAccess(outputs).string('vpc.subnets[2]');
 * ```
 * Every method throws a TerraformOutputError as in `outputs.vpc.subnets[2]: wanted a string, found null`, and a BadInputError for what is no path.
 */
export interface OutputAccess {
  string(path: string): string;
  /** A number that a double holds exactly; others are to be read with `digits`. */
  number(path: string): number;
  /** A number as it is written. */
  digits(path: string): string;
  boolean(path: string): boolean;
  list(path: string): readonly TerraformValue[];
  object(path: string): TerraformObject;
  /** Anything, null included. */
  value(path: string): TerraformValue;
}

export function outputAccess(outputs: readonly TerraformOutput[]): OutputAccess {
  const root = Object.fromEntries(outputs.map(({ name, value }) => [name, value]));
  const find = (path: string): TerraformValue => valueAt(root, parsePath(path));
  const typed = <T extends TerraformValue>(path: string, wanted: string, is: (value: TerraformValue) => value is T): T => {
    const value = find(path);
    if (is(value)) return value;
    throw new TerraformOutputError(pathText(parsePath(path)), `wanted ${wanted}, found ${kindOf(value)}`);
  };
  const digits = (path: string): string => typed(path, 'a number', isNumber).value;
  return {
    digits,
    string: (path) => typed(path, 'a string', (value) => typeof value === 'string'),
    number: (path) => doubleOf(path, digits(path)),
    boolean: (path) => typed(path, 'a boolean', (value) => typeof value === 'boolean'),
    list: (path) => typed(path, 'a list', isList),
    object: (path) => typed(path, 'an object', isObject),
    value: find,
  };
}

function doubleOf(path: string, digits: string): number {
  if (fitsDouble(digits)) return Number(digits);
  const why = 'wanted a number, found one that a JavaScript number cannot hold exactly';
  throw new TerraformOutputError(pathText(parsePath(path)), why, 'read it as text, with all its digits');
}

function valueAt(root: TerraformObject, parts: readonly PathPart[]): TerraformValue {
  let value: TerraformValue = root;
  for (const [index, part] of parts.entries()) {
    const here: PathPart[] = parts.slice(0, index);
    const next = stepInto(value, part, here);
    if (next === undefined) throw new TerraformOutputError(pathText([...here, part]), whyMissing(value, part, index === 0));
    value = next;
  }
  return value;
}

function stepInto(value: TerraformValue, part: PathPart, here: readonly PathPart[]): TerraformValue | undefined {
  if (typeof part === 'number' && isList(value)) return value[part];
  if (isObject(value)) return memberOf(value, String(part));
  throw new TerraformOutputError(pathText(here), `wanted ${typeof part === 'number' ? 'a list' : 'an object'}, found ${kindOf(value)}`);
}

function whyMissing(value: TerraformValue, part: PathPart, isOutput: boolean): string {
  if (isList(value)) return `there is no such element: the list has ${value.length}`;
  const near = isObject(value) ? nearestWord(String(part), Object.keys(value)) : undefined;
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return isOutput ? `there is no such output (one that is null is left out by Terraform)${meant}` : `there is no such attribute${meant}`;
}
