import * as z from 'zod';
import {
  POLICY_PARAMETER_VARIABLE,
  POLICY_VARIABLE,
  STATE_BUCKET_VARIABLE,
  STATE_PREFIX_VARIABLE,
} from '../../lib/connect/environment-names.ts';
import { functionConfig, policyVariables } from '../../lib/connect/function-config.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import type { ScaleConfig } from './config-schema.ts';
import { policyDocumentSchema } from './policy-document.ts';

export { type ScaleConfig, scaleConfigSchema } from './config-schema.ts';

export { POLICY_PARAMETER_VARIABLE, POLICY_VARIABLE, STATE_BUCKET_VARIABLE, STATE_PREFIX_VARIABLE };

const environmentSchema = z.object({
  ...policyVariables('clusters and policy'),
  [STATE_BUCKET_VARIABLE]: z.string().describe('the S3 bucket that keeps originals and run plans'),
  [STATE_PREFIX_VARIABLE]: z.string().default('').describe('a folder in the state bucket'),
});

/**
 * The configuration of the function.
 * @throws BadInputError with every problem of the environment and of the document; ParameterError when the parameter cannot be read
 */
export async function scaleConfig(env: Environment, parameters: ParameterSource): Promise<ScaleConfig> {
  const { variables, document } = await functionConfig({ variables: environmentSchema, document: policyDocumentSchema }, env, parameters);
  const { [STATE_BUCKET_VARIABLE]: bucket, [STATE_PREFIX_VARIABLE]: prefix } = variables;
  const { version: _, ...config } = document;
  return { ...config, state: { via: 's3', bucket, prefix } };
}
