import { createHash } from 'node:crypto';
import { parameterArn } from './arns.ts';
import { AwsFault } from './fault.ts';
import { SANDBOX_ACCOUNT } from './identities.ts';
import type { JsonObject } from './json-front.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** Standard tier. */
const MAX_VALUE_BYTES = 4096;
const parameterName = /^\/?[a-zA-Z0-9_.-]+(?:\/[a-zA-Z0-9_.-]+)*$/;
const types: ReadonlySet<unknown> = new Set<ParameterType>(['String', 'StringList', 'SecureString']);

const isType = (value: unknown): value is ParameterType => types.has(value);

const invalid = (message: string): AwsFault => new AwsFault(400, 'ValidationException', message);

/** What a SecureString looks like to a reader who does not ask for decryption. */
const ciphertext = (value: string): string =>
  Buffer.concat([Buffer.from('AQICAHh', 'base64'), createHash('sha512').update(value).digest()]).toString('base64');

export function parameterJson({ name, type, value, version, modified }: Parameter, decrypt: boolean, region: string): JsonObject {
  return {
    Name: name,
    Type: type,
    Value: type === 'SecureString' && !decrypt ? ciphertext(value) : value,
    Version: version,
    LastModifiedDate: modified / 1000,
    ARN: parameterArn(region, SANDBOX_ACCOUNT, name),
    DataType: 'text',
  };
}

/** @throws AwsFault as PutParameter does */
export function putParameter(parameters: Map<string, Parameter>, input: JsonObject, now: number): Parameter {
  const { Name: name, Value: value, Type: type } = input;
  if (typeof name !== 'string' || !parameterName.test(name)) throw invalid(`Parameter name: can't be ${JSON.stringify(name)}.`);
  if (typeof value !== 'string' || value === '') throw invalid('Value must have length greater than or equal to 1.');
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES)
    throw invalid('Standard tier parameters support a maximum parameter value of 4096 characters.');
  const existing = parameters.get(name);
  if (existing && input.Overwrite !== true) {
    throw new AwsFault(
      400,
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  const kept = type ?? existing?.type;
  if (!isType(kept)) throw invalid('A parameter type is required when you create a parameter.');
  const parameter = { name, type: kept, value, version: (existing?.version ?? 0) + 1, modified: now };
  parameters.set(name, parameter);
  return parameter;
}
