import * as z from 'zod';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';
import { scaleConfigSchema } from './config-schema.ts';

/** What the function reads at run time: clusters, policy, prices. */
export const policyDocumentSchema = scaleConfigSchema
  .omit({ state: true, restore: true })
  .extend({ version: z.literal(1), policy: sleepPolicySchema.prefault({}) });

export type PolicyDocument = z.output<typeof policyDocumentSchema>;
