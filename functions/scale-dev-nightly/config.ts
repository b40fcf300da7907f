import * as z from 'zod';
import { parseConfig } from '../../lib/platform/config.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import { pathText, problemsOf } from '../../lib/platform/schema-problems.ts';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';

const name = z.string().min(1);

/** How one cluster is reached. `name` is the cluster's name in reports, and for EKS the name that AWS knows. */
export const clusterTargetSchema = z.discriminatedUnion('via', [
  z.strictObject({ via: z.literal('eks'), name, region: name.optional(), roleArn: name.optional(), externalId: name.optional() }),
  z.strictObject({ via: z.literal('kubeconfig'), name, path: name.optional(), context: name.optional() }),
  z.strictObject({ via: z.literal('in-cluster'), name }),
]);

export type ClusterTarget = Readonly<z.output<typeof clusterTargetSchema>>;

/** Where run plans and originals are kept. */
export const stateTargetSchema = z.discriminatedUnion('via', [
  z.strictObject({ via: z.literal('s3'), bucket: name, prefix: z.string().default('') }),
  z.strictObject({ via: z.literal('directory'), path: name }),
]);

/** Everything that the job needs; the handler reads it from the environment, the CLI builds it from its flags. */
export const scaleConfigSchema = z.strictObject({
  clusters: z.array(clusterTargetSchema).min(1),
  policy: sleepPolicySchema,
  state: stateTargetSchema,
  /** Writes in flight per cluster. */
  concurrency: z.number().int().min(1).max(64).default(16),
});

export type ScaleConfig = Readonly<z.output<typeof scaleConfigSchema>>;

/** Names of the function's environment variables; the infrastructure sets them by these. */
export const POLICY_VARIABLE = 'NIGHTSHIFT_POLICY';
export const POLICY_PARAMETER_VARIABLE = 'NIGHTSHIFT_POLICY_PARAMETER';
export const STATE_BUCKET_VARIABLE = 'NIGHTSHIFT_STATE_BUCKET';
export const STATE_PREFIX_VARIABLE = 'NIGHTSHIFT_STATE_PREFIX';

const environmentSchema = z.object({
  [POLICY_VARIABLE]: z.string().optional().describe('the JSON of clusters and policy'),
  [POLICY_PARAMETER_VARIABLE]: z.string().optional().describe('the name of the SSM parameter that holds the JSON of clusters and policy'),
  [STATE_BUCKET_VARIABLE]: z.string().describe('the S3 bucket that keeps originals and run plans'),
  [STATE_PREFIX_VARIABLE]: z.string().default('').describe('a folder in the state bucket'),
});

/** The JSON document in NIGHTSHIFT_POLICY, or in the SSM parameter that NIGHTSHIFT_POLICY_PARAMETER names. */
const policyDocumentSchema = scaleConfigSchema
  .omit({ state: true })
  .extend({ version: z.literal(1), policy: sleepPolicySchema.prefault({}) });

/**
 * The configuration of the function.
 * @throws BadInputError with every problem of the environment, or of the document; ParameterError when the parameter cannot be read
 */
export async function scaleConfig(env: Environment, parameters: ParameterSource): Promise<ScaleConfig> {
  const variables = parseConfig(environmentSchema, env);
  const { source, text } = await policyText(variables, parameters);
  const { version: _, ...document } = parseDocument(source, text);
  return { ...document, state: { via: 's3', bucket: variables[STATE_BUCKET_VARIABLE], prefix: variables[STATE_PREFIX_VARIABLE] } };
}

async function policyText(
  variables: z.output<typeof environmentSchema>,
  parameters: ParameterSource,
): Promise<{ readonly source: string; readonly text: string }> {
  const parameter = variables[POLICY_PARAMETER_VARIABLE];
  if (parameter !== undefined) return { source: `SSM parameter ${parameter}`, text: await parameters.get(parameter) };
  const text = variables[POLICY_VARIABLE];
  if (text !== undefined) return { source: POLICY_VARIABLE, text };
  throw new BadInputError('configuration is not usable: no policy is given', {
    hint: `set ${POLICY_PARAMETER_VARIABLE}, or ${POLICY_VARIABLE}`,
  });
}

function parseDocument(source: string, text: string): z.output<typeof policyDocumentSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BadInputError(`configuration is not usable: ${source} is not JSON`, { cause });
  }
  const parsed = policyDocumentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error).map(({ path, message }) => `${pathText(path) || 'document'}: ${message}`);
  throw new BadInputError(`configuration is not usable: ${source}: ${problems.join('; ')}`, {
    hint: 'correct the document; every problem is listed',
  });
}
