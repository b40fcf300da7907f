import * as z from 'zod';
import type { TerraformValue } from '../value.ts';

/** Values come from our own reader of JSON, which makes no others. */
const value = z.custom<TerraformValue>(() => true).optional();
const words = z.array(z.string());

const change = z.object({
  actions: words,
  before: value,
  after: value,
  after_unknown: value,
  before_sensitive: value,
  after_sensitive: value,
  replace_paths: value,
  importing: z.object({ id: z.string().optional(), unknown: z.boolean().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string().optional(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});

/**
 * What is read of `terraform show -json PLAN`; other fields may come and go. Minor versions add fields, a major one may change their meaning.
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export const planSchema = z.object({
  format_version: z.string(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  variables: z.record(z.string(), z.object({ value })).optional(),
  resource_changes: z.array(resourceChange).optional(),
  resource_drift: z.array(resourceChange).optional(),
  output_changes: z.record(z.string(), change).optional(),
  deferred_changes: z.array(z.unknown()).optional(),
  checks: z.array(z.looseObject({ status: z.string().optional() })).optional(),
  configuration: z
    .object({
      root_module: z.object({ variables: z.record(z.string(), z.object({ sensitive: z.boolean().optional() })).optional() }).optional(),
    })
    .optional(),
});

export type PlanDocument = z.infer<typeof planSchema>;
export type ResourceChange = z.infer<typeof resourceChange>;
export type Change = z.infer<typeof change>;
