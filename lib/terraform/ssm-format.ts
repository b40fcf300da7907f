import { BadInputError, RefusedError } from '../platform/errors.ts';
import type { ParameterToWrite } from '../platform/parameter-writer.ts';
import type { TerraformOutput } from './outputs.ts';
import { plainText } from './plain-text.ts';

export interface SsmParameters {
  readonly parameters: readonly OutputParameter[];
  /** Names of outputs that are null. */
  readonly left: readonly string[];
}

export interface OutputParameter extends ParameterToWrite {
  readonly output: string;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const NAME = /^[A-Za-z0-9_.-]+$/;
const LONGEST_NAME = 1011;
const MOST_LEVELS = 15;
/** Standard tier. */
const LARGEST_VALUE_BYTES = 4096;

/**
 * A parameter for each output, `<prefix>/<output>`: strings as they are, lists and objects as JSON; a SecureString where the output is sensitive.
 * @throws RefusedError for what Parameter Store does not take, before anything is written
 */
export function ssmFormat(outputs: readonly TerraformOutput[], prefix: string): SsmParameters {
  const base = assertPrefix(prefix);
  const texts = outputs.map((output) => ({ output, value: plainText(output) }));
  const parameters = texts.flatMap(({ output: { name, sensitive }, value }): OutputParameter[] => {
    if (value === undefined) return [];
    return [
      assertStorable({ output: name, name: base === '' ? name : `${base}/${name}`, type: sensitive ? 'SecureString' : 'String', value }),
    ];
  });
  return { parameters, left: texts.filter(({ value }) => value === undefined).map(({ output }) => output.name) };
}

/** @returns it without a slash at its end; an empty one is for a listing only */
function assertPrefix(prefix: string): string {
  const base = prefix.replace(/\/$/, '');
  const parts = base.split('/').slice(1);
  const fits = base === '' || (base.startsWith('/') && parts.every((part) => NAME.test(part)) && parts.length < MOST_LEVELS);
  if (fits && !/^\/(?:aws|ssm)/i.test(base)) return base;
  throw new BadInputError(`${JSON.stringify(prefix)} cannot be the prefix of parameters`, {
    hint: 'write a path of letters, digits and .-_ that begins with a slash and not with /aws or /ssm, as in /shop/dev',
  });
}

function assertStorable(parameter: OutputParameter): OutputParameter {
  const why = whyNot(parameter);
  if (why === undefined) return parameter;
  throw new RefusedError(`output ${parameter.output} cannot be a parameter: ${why}`, {
    hint: 'nothing was written; choose the others with --name, or change the output',
  });
}

function whyNot({ output, name, value }: OutputParameter): string | undefined {
  if (!NAME.test(output)) return 'its name holds what parameter names do not: letters, digits and .-_ are allowed';
  if (name.length > LONGEST_NAME) return `its name is longer than ${LONGEST_NAME} characters`;
  if (value === '') return 'it is empty, and a parameter cannot be';
  if (Buffer.byteLength(value) > LARGEST_VALUE_BYTES) return `it is larger than ${LARGEST_VALUE_BYTES} bytes`;
  return undefined;
}
