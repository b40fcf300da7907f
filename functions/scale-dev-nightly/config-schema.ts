import * as z from 'zod';
import { distinctClustersSchema } from '../../lib/connect/cluster-target.ts';
import { stateTargetSchema } from '../../lib/connect/state-target.ts';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';
import { pricesSchema } from '../../lib/sleep/prices.ts';

/** Everything that the job needs; the handler reads it from the environment, the CLI builds it from its flags. */
export const scaleConfigSchema = z.strictObject({
  clusters: distinctClustersSchema.min(1),
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
