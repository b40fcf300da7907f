import * as z from 'zod';
import type { ClusterTarget } from '../../lib/connect/cluster-target.ts';
import {
  POLICY_PARAMETER_VARIABLE,
  POLICY_VARIABLE,
  STATE_BUCKET_VARIABLE,
  STATE_PREFIX_VARIABLE,
} from '../../lib/connect/environment-names.ts';
import { functionConfig, policyVariables } from '../../lib/connect/function-config.ts';
import type { StateTarget } from '../../lib/connect/state-target.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import { policyDocumentSchema, type StoredSuite } from './policy-document.ts';

export { POLICY_PARAMETER_VARIABLE, POLICY_VARIABLE, STATE_BUCKET_VARIABLE, STATE_PREFIX_VARIABLE };
/** The DynamoDB table of releases, deploys and journals. */
export const RECORDS_TABLE_VARIABLE = 'NIGHTSHIFT_RECORDS_TABLE';
/** Name of the SSM parameter that holds the bearer token of the function's URL. */
export const URL_TOKEN_PARAMETER_VARIABLE = 'NIGHTSHIFT_URL_TOKEN_PARAMETER';

/** Everything that the job needs. */
export interface SmokeConfig {
  readonly clusters: readonly ClusterTarget[];
  readonly suites: Readonly<Record<string, StoredSuite>>;
  /** See `allow` of the policy document. */
  readonly allow: readonly string[];
  /** Where reports go; without it they are in the log alone. */
  readonly state?: StateTarget;
  /** Without it no release is known and no deploy is recorded. */
  readonly recordsTable?: string;
  /** For suites whose text is in parameters, and for their variables. */
  readonly parameters: ParameterSource;
}

const environmentSchema = z.object({
  ...policyVariables('clusters and suites'),
  [STATE_BUCKET_VARIABLE]: z.string().optional().describe('the S3 bucket that keeps reports'),
  [STATE_PREFIX_VARIABLE]: z.string().default('').describe('a folder in the state bucket'),
  [RECORDS_TABLE_VARIABLE]: z.string().optional().describe('the DynamoDB table of releases and deploys'),
});

/**
 * The configuration of the function. Without a policy document there are neither clusters nor suites: an event can still bring a suite of its own.
 * @throws BadInputError with every problem of the environment and of the document; ParameterError when the parameter cannot be read
 */
export async function smokeConfig(env: Environment, parameters: ParameterSource): Promise<SmokeConfig> {
  const schemas = { variables: environmentSchema, document: policyDocumentSchema, usualDocument: '{"version":1}' };
  const { variables, document } = await functionConfig(schemas, env, parameters);
  const { [STATE_BUCKET_VARIABLE]: bucket, [STATE_PREFIX_VARIABLE]: prefix, [RECORDS_TABLE_VARIABLE]: recordsTable } = variables;
  const { version: _, ...config } = document;
  return {
    ...config,
    parameters,
    ...(bucket !== undefined && { state: { via: 's3' as const, bucket, prefix } }),
    ...(recordsTable !== undefined && { recordsTable }),
  };
}
