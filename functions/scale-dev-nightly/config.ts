import * as z from 'zod';
import { badConfig, type ConfigResult, readConfig } from '../../lib/platform/config.ts';
import { messageOf } from '../../lib/platform/errors.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import { pathText, problemsOf } from '../../lib/platform/schema-problems.ts';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';
import { pricesSchema } from '../../lib/sleep/prices.ts';

const name = z.string().min(1);

/** How one cluster is reached. `name` is the cluster's name in reports and in the state, and for EKS the name that AWS knows. */
export const clusterTargetSchema = z.discriminatedUnion('via', [
  z.strictObject({
    via: z.literal('eks'),
    name,
    /** The name that AWS knows, where two clusters of a fleet share it; `name` tells them apart then. */
    eksName: name.optional(),
    region: name.optional(),
    roleArn: name.optional(),
    externalId: name.optional(),
  }),
  z.strictObject({ via: z.literal('kubeconfig'), name, path: name.optional(), context: name.optional() }),
  z.strictObject({ via: z.literal('in-cluster'), name }),
]);

export type ClusterTarget = Readonly<z.output<typeof clusterTargetSchema>>;
export type EksTarget = Extract<ClusterTarget, { via: 'eks' }>;

/** Originals are kept under the cluster's name: of two clusters with one name, each would be restored to the sizes of the other. */
const clustersSchema = z
  .array(clusterTargetSchema)
  .min(1)
  .superRefine((clusters, context) => {
    for (const [index, { name: own }] of clusters.entries()) {
      if (clusters.findIndex((other) => other.name === own) === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `${own} is the name of another cluster as well; give it one of its own and put the name on EKS into eksName`,
      });
    }
  });

/** Where originals and reports are kept. */
export const stateTargetSchema = z.discriminatedUnion('via', [
  z.strictObject({ via: z.literal('s3'), bucket: name, prefix: z.string().default('') }),
  z.strictObject({ via: z.literal('directory'), path: name }),
]);

/** Everything that the job needs; the handler reads it from the environment, the CLI builds it from its flags. */
export const scaleConfigSchema = z.strictObject({
  clusters: clustersSchema,
  policy: sleepPolicySchema,
  state: stateTargetSchema,
  /** Without them, reports say nothing of money. */
  prices: pricesSchema.optional(),
  /** Writes in flight per cluster. */
  concurrency: z.number().int().min(1).max(64).default(16),
});

export type ScaleConfig = Readonly<z.output<typeof scaleConfigSchema>>;
export type S3Target = Extract<ScaleConfig['state'], { via: 's3' }>;

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
export const policyDocumentSchema = scaleConfigSchema
  .omit({ state: true })
  .extend({ version: z.literal(1), policy: sleepPolicySchema.prefault({}) });

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
async function policyDocument(env: Environment, parameters: ParameterSource): Promise<ConfigResult<z.output<typeof policyDocumentSchema>>> {
  const parameter = env[POLICY_PARAMETER_VARIABLE];
  if (parameter) return parseDocument(`SSM parameter ${parameter}`, await parameters.get(parameter));
  const text = env[POLICY_VARIABLE];
  if (text) return parseDocument(POLICY_VARIABLE, text);
  return { ok: false, problems: [`no policy is given (set ${POLICY_PARAMETER_VARIABLE}, or ${POLICY_VARIABLE})`] };
}

/** The parser's own message is not repeated: it quotes the text, and a wrong name may lead to a parameter that is a secret. */
function parseDocument(source: string, text: string): ConfigResult<z.output<typeof policyDocumentSchema>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problems: [`${source} is not JSON`] };
  }
  const parsed = policyDocumentSchema.safeParse(json);
  if (parsed.success) return { ok: true, config: parsed.data };
  return {
    ok: false,
    problems: problemsOf(parsed.error).map(({ path, message }) => `${source}: ${pathText(path) || 'document'}: ${message}`),
  };
}
