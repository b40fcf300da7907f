import * as z from 'zod';
import { badConfig, type ConfigResult, readConfig } from '../platform/config.ts';
import { messageOf } from '../platform/errors.ts';
import type { Environment } from '../platform/job-definition.ts';
import type { ParameterSource } from '../platform/parameters.ts';
import { POLICY_PARAMETER_VARIABLE, POLICY_VARIABLE } from './environment-names.ts';
import { parseDocument, storedDocument } from './stored-document.ts';

/** The variables that say where the policy document is; `what` it holds is for messages. */
export function policyVariables(what: string): {
  readonly [POLICY_VARIABLE]: z.ZodOptional<z.ZodString>;
  readonly [POLICY_PARAMETER_VARIABLE]: z.ZodOptional<z.ZodString>;
} {
  return {
    [POLICY_VARIABLE]: z.string().optional().describe(`the JSON of ${what}`),
    [POLICY_PARAMETER_VARIABLE]: z.string().optional().describe(`the name of the SSM parameter that holds the JSON of ${what}`),
  };
}

export interface FunctionConfigSchemas<Variables extends z.ZodObject, Document> {
  readonly variables: Variables;
  readonly document: z.ZodType<Document>;
  /** The JSON of the document where none is named; without it a function has to have one. */
  readonly usualDocument?: string;
}

/**
 * The variables of a function and its policy document, with every problem of both. The parameter wins over the variable that holds the document,
 * because it changes without a deployment.
 * @throws BadInputError; ParameterError when the parameter cannot be read
 */
export async function functionConfig<Variables extends z.ZodObject, Document>(
  schemas: FunctionConfigSchemas<Variables, Document>,
  env: Environment,
  parameters: ParameterSource,
): Promise<{ readonly variables: Readonly<z.output<Variables>>; readonly document: Readonly<Document> }> {
  const variables = readConfig(schemas.variables, env);
  const document = await documentOf(schemas, env, parameters).catch((error: unknown) => {
    // That a retry may read the parameter matters only when nothing else is wrong.
    if (variables.ok) throw error;
    return { ok: false as const, problems: [messageOf(error)] };
  });
  if (variables.ok && document.ok) return { variables: variables.config, document: document.config };
  throw badConfig([...(variables.ok ? [] : variables.problems), ...(document.ok ? [] : document.problems)]);
}

async function documentOf<Document>(
  { document: schema, usualDocument }: Pick<FunctionConfigSchemas<z.ZodObject, Document>, 'document' | 'usualDocument'>,
  env: Environment,
  parameters: ParameterSource,
): Promise<ConfigResult<Document>> {
  const parameter = env[POLICY_PARAMETER_VARIABLE];
  if (parameter) return storedDocument(schema, parameter, parameters);
  const text = env[POLICY_VARIABLE] || usualDocument;
  if (text) return parseDocument(schema, POLICY_VARIABLE, text);
  return { ok: false, problems: [`no policy is given (set ${POLICY_PARAMETER_VARIABLE}, or ${POLICY_VARIABLE})`] };
}
