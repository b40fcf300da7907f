import * as z from 'zod';
import type { ClusterTarget } from '../../lib/connect/cluster-target.ts';
import {
  POLICY_PARAMETER_VARIABLE,
  POLICY_VARIABLE,
  STATE_BUCKET_VARIABLE,
  STATE_PREFIX_VARIABLE,
} from '../../lib/connect/environment-names.ts';
import type { StateTarget } from '../../lib/connect/state-target.ts';
import { parseDocument, storedDocument } from '../../lib/connect/stored-document.ts';
import { badConfig, type ConfigResult, readConfig } from '../../lib/platform/config.ts';
import { messageOf } from '../../lib/platform/errors.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import { type PolicyDocument, policyDocumentSchema, type StoredSuite } from './policy-document.ts';

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
  [POLICY_VARIABLE]: z.string().optional().describe('the JSON of clusters and suites'),
  [POLICY_PARAMETER_VARIABLE]: z.string().optional().describe('the name of the SSM parameter that holds the JSON of clusters and suites'),
  [STATE_BUCKET_VARIABLE]: z.string().optional().describe('the S3 bucket that keeps reports'),
  [STATE_PREFIX_VARIABLE]: z.string().default('').describe('a folder in the state bucket'),
  [RECORDS_TABLE_VARIABLE]: z.string().optional().describe('the DynamoDB table of releases and deploys'),
});

/**
 * The configuration of the function. Without a policy document there are neither clusters nor suites: an event can still bring a suite of its own.
 * @throws BadInputError with every problem of the environment and of the document; ParameterError when the parameter cannot be read
 */
export async function smokeConfig(env: Environment, parameters: ParameterSource): Promise<SmokeConfig> {
  const variables = readConfig(environmentSchema, env);
  const document = await policyDocument(env, parameters).catch((error: unknown) => {
    // That a retry may read the parameter matters only when nothing else is wrong.
    if (variables.ok) throw error;
    return { ok: false as const, problems: [messageOf(error)] };
  });
  if (!variables.ok || !document.ok) {
    throw badConfig([...(variables.ok ? [] : variables.problems), ...(document.ok ? [] : document.problems)]);
  }
  const { [STATE_BUCKET_VARIABLE]: bucket, [STATE_PREFIX_VARIABLE]: prefix, [RECORDS_TABLE_VARIABLE]: recordsTable } = variables.config;
  const { version: _, ...config } = document.config;
  return {
    ...config,
    parameters,
    ...(bucket !== undefined && { state: { via: 's3' as const, bucket, prefix } }),
    ...(recordsTable !== undefined && { recordsTable }),
  };
}

/** The parameter wins over the variable, because it changes without a deployment. */
async function policyDocument(env: Environment, parameters: ParameterSource): Promise<ConfigResult<PolicyDocument>> {
  const parameter = env[POLICY_PARAMETER_VARIABLE];
  if (parameter) return storedDocument(policyDocumentSchema, parameter, parameters);
  return parseDocument(policyDocumentSchema, POLICY_VARIABLE, env[POLICY_VARIABLE] || '{"version":1}');
}
