import * as z from 'zod';
import {
  POLICY_PARAMETER_VARIABLE,
  POLICY_VARIABLE,
  STATE_BUCKET_VARIABLE,
  STATE_PREFIX_VARIABLE,
} from '../../lib/connect/environment-names.ts';
import { parseDocument, storedDocument } from '../../lib/connect/stored-document.ts';
import { badConfig, type ConfigResult, readConfig } from '../../lib/platform/config.ts';
import { messageOf } from '../../lib/platform/errors.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import type { ScaleConfig } from './config-schema.ts';
import { type PolicyDocument, policyDocumentSchema } from './policy-document.ts';

export { type ScaleConfig, scaleConfigSchema } from './config-schema.ts';

export { POLICY_PARAMETER_VARIABLE, POLICY_VARIABLE, STATE_BUCKET_VARIABLE, STATE_PREFIX_VARIABLE };

const environmentSchema = z.object({
  [POLICY_VARIABLE]: z.string().optional().describe('the JSON of clusters and policy'),
  [POLICY_PARAMETER_VARIABLE]: z.string().optional().describe('the name of the SSM parameter that holds the JSON of clusters and policy'),
  [STATE_BUCKET_VARIABLE]: z.string().describe('the S3 bucket that keeps originals and run plans'),
  [STATE_PREFIX_VARIABLE]: z.string().default('').describe('a folder in the state bucket'),
});

/**
 * The configuration of the function.
 * @throws BadInputError with every problem of the environment and of the document; ParameterError when the parameter cannot be read
 */
export async function scaleConfig(env: Environment, parameters: ParameterSource): Promise<ScaleConfig> {
  const variables = readConfig(environmentSchema, env);
  const document = await policyDocument(env, parameters).catch((error: unknown) => {
    // That a retry may read the parameter matters only when nothing else is wrong.
    if (variables.ok) throw error;
    return { ok: false as const, problems: [messageOf(error)] };
  });
  if (!variables.ok || !document.ok) {
    throw badConfig([...(variables.ok ? [] : variables.problems), ...(document.ok ? [] : document.problems)]);
  }
  const { [STATE_BUCKET_VARIABLE]: bucket, [STATE_PREFIX_VARIABLE]: prefix } = variables.config;
  const { version: _, ...config } = document.config;
  return { ...config, state: { via: 's3', bucket, prefix } };
}

/** The parameter wins over the variable, because it changes without a deployment. */
async function policyDocument(env: Environment, parameters: ParameterSource): Promise<ConfigResult<PolicyDocument>> {
  const parameter = env[POLICY_PARAMETER_VARIABLE];
  if (parameter) return storedDocument(policyDocumentSchema, parameter, parameters);
  const text = env[POLICY_VARIABLE];
  if (text) return parseDocument(policyDocumentSchema, POLICY_VARIABLE, text);
  return { ok: false, problems: [`no policy is given (set ${POLICY_PARAMETER_VARIABLE}, or ${POLICY_VARIABLE})`] };
}
