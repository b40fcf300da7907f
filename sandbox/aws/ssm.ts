import { accountOf, parameterArn } from './arns.ts';
import { AwsFault } from './fault.ts';
import { type JsonObject, jsonAnswer, jsonCode, jsonFailure, knownOperation, parseJson, targetOperation } from './json-front.ts';
import type { AwsRequest, Permission, ServiceFront } from './service.ts';
import { type Parameter, parameterJson, putParameter } from './ssm-parameters.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const MAX_NAMES = 10;
const MAX_RESULTS = 10;

export interface SsmOptions {
  readonly parameters: Map<string, Parameter>;
  readonly now: () => number;
}

interface SsmCall extends SsmOptions {
  readonly input: JsonObject;
  readonly region: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `name`, or `name:version` of the only version that is kept: the newest. */
function find(parameters: Map<string, Parameter>, selector: string): Parameter | undefined {
  const [name = '', version] = selector.split(':');
  const parameter = parameters.get(name);
  if (parameter && version !== undefined && Number(version) !== parameter.version) {
    throw new AwsFault(400, 'ParameterVersionNotFound', `Systems Manager could not find version ${version} of ${name}.`);
  }
  return parameter;
}

function getParameter({ parameters, input, region }: SsmCall): unknown {
  const parameter = find(parameters, textOf(input.Name));
  if (!parameter) throw new AwsFault(400, 'ParameterNotFound', 'The parameter could not be found. Verify the name and try again.');
  return { Parameter: parameterJson(parameter, input.WithDecryption === true, region) };
}

function getParameters({ parameters, input, region }: SsmCall): unknown {
  const names = Array.isArray(input.Names) ? input.Names.map(textOf) : [];
  if (names.length === 0 || names.length > MAX_NAMES)
    throw new AwsFault(400, 'ValidationException', `Names must have 1 to ${MAX_NAMES} members.`);
  const found = names.map((name) => [name, find(parameters, name)] as const);
  return {
    Parameters: found.flatMap(([, parameter]) => (parameter ? [parameterJson(parameter, input.WithDecryption === true, region)] : [])),
    InvalidParameters: found.filter(([, parameter]) => !parameter).map(([name]) => name),
  };
}

function getParametersByPath({ parameters, input, region }: SsmCall): unknown {
  const path = textOf(input.Path);
  if (!path.startsWith('/'))
    throw new AwsFault(400, 'ValidationException', 'The parameter doesn\'t meet the parameter name requirements: it must begin with "/".');
  const limit = typeof input.MaxResults === 'number' ? input.MaxResults : MAX_RESULTS;
  if (limit < 1 || limit > MAX_RESULTS) throw new AwsFault(400, 'ValidationException', `MaxResults must be 1 to ${MAX_RESULTS}.`);
  const folder = path.endsWith('/') ? path : `${path}/`;
  const after = Buffer.from(textOf(input.NextToken), 'base64url').toString();
  const below = [...parameters.values()]
    .filter(({ name }) => name.startsWith(folder) && (input.Recursive === true || !name.slice(folder.length).includes('/')) && name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = below.slice(0, limit);
  return {
    Parameters: page.map((parameter) => parameterJson(parameter, input.WithDecryption === true, region)),
    ...(below.length > limit ? { NextToken: Buffer.from(page.at(-1)?.name ?? '').toString('base64url') } : {}),
  };
}

const operations: Readonly<Record<string, (call: SsmCall) => unknown>> = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  PutParameter: ({ parameters, input, now }) => ({ Version: putParameter(parameters, input, now()).version, Tier: 'Standard' }),
};

/** What the call names: parameters, or for GetParametersByPath the path, which is what IAM looks at (not at the parameters beneath). */
function namesIn(input: JsonObject): readonly string[] {
  if (Array.isArray(input.Names)) return input.Names.map(textOf);
  return [textOf(input.Name) || textOf(input.Path).replace(/(?<=.)\/$/, '')];
}

/** Decryption with the managed key aws/ssm needs no permission of its own: its key policy lets all of the account. */
function permissionsFor(operation: string, input: JsonObject, { identity, region }: AwsRequest): readonly Permission[] {
  return namesIn(input).map((name) => ({ action: `ssm:${operation}`, resource: parameterArn(region, accountOf(identity.arn), name) }));
}

/** Parameter Store over AWS JSON 1.1. */
export function ssmFront(options: SsmOptions): ServiceFront {
  return {
    parse(request: AwsRequest) {
      const { body, region } = request;
      const name = targetOperation(request, 'AmazonSSM', CONTENT_TYPE);
      const operation = knownOperation(operations, name);
      const input = parseJson(body);
      return {
        name,
        resource: namesIn(input).join(','),
        permissions: permissionsFor(name, input, request),
        apply: () => jsonAnswer(CONTENT_TYPE, operation({ ...options, input, region })),
      };
    },
    fail: (code, message, status) => jsonFailure(CONTENT_TYPE, jsonCode(code), message, status),
  };
}
