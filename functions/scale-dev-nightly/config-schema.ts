import * as z from 'zod';
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
  /** For a restore that a person asks for, and so nothing that a stored document can say. */
  restore: z.strictObject({ clusterRecreated: z.boolean() }).optional(),
});

export type ScaleConfig = Readonly<z.output<typeof scaleConfigSchema>>;
export type S3Target = Extract<ScaleConfig['state'], { via: 's3' }>;
