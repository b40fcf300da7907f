import * as z from 'zod';
import { type SleepPolicy, sleepPolicySchema } from '../sleep/policy.ts';

const { scopes: _, version: __, ...policyWords } = sleepPolicySchema.shape;

const timeSpec = z.string().min(1);

/** What only the file says, beside the words of the policy itself. */
const ownWords = {
  uptime: timeSpec
    .optional()
    .describe('when workloads are awake, for example "Mon-Fri 07:00-19:00 Europe/Berlin"; asleep at all other times'),
  downtime: timeSpec.optional().describe('when workloads sleep; awake at all other times'),
  upscalePeriod: timeSpec.optional().describe('when workloads are woken; left alone at all other times'),
  downscalePeriod: timeSpec.optional().describe('when workloads are put to sleep; left alone at all other times'),
  reconcileMinutes: z
    .union([z.literal(5), z.literal(10), z.literal(15), z.literal(20), z.literal(30), z.literal(60)])
    .default(15)
    .describe('how often a run looks for missed, late or undone changes, beside the edges of the schedule'),
};

/** The sleep policy of every stage: one scope, and the words of `lib/sleep/policy.ts`. */
export const sleepSectionSchema = z.strictObject({ ...ownWords, ...policyWords });

export type SleepSection = Readonly<z.output<typeof sleepSectionSchema>>;

/** Time specs of the section, by the word that holds them. */
export const TIME_SPEC_WORDS = ['uptime', 'downtime', 'upscalePeriod', 'downscalePeriod'] as const;

/** The words of a stage that replace those of the file; none has a default, so that what is not said is inherited. */
export const sleepOverrideSchema = z.strictObject(
  Object.fromEntries(Object.entries(sleepSectionSchema.shape).map(([word, schema]) => [word, withoutDefault(schema).optional()])) as {
    [Word in keyof typeof sleepSectionSchema.shape]: z.ZodOptional<z.ZodType<SleepSection[Word]>>;
  },
);

export type SleepOverride = Readonly<z.output<typeof sleepOverrideSchema>>;

function withoutDefault(schema: z.core.$ZodType): z.ZodType {
  return (schema instanceof z.ZodDefault ? schema.unwrap() : schema) as z.ZodType;
}

/** The section as the function's policy; its scope is called after the file that people would change. */
export function sleepPolicyOf({
  reconcileMinutes: _,
  uptime,
  downtime,
  upscalePeriod,
  downscalePeriod,
  ...words
}: SleepSection): SleepPolicy {
  const values = Object.entries({ uptime, downtime, upscalePeriod, downscalePeriod }).filter(([, value]) => value !== undefined);
  const scopes = values.length > 0 ? [{ label: 'nightshift.yaml', ...Object.fromEntries(values) }] : [];
  return sleepPolicySchema.parse({ ...words, scopes });
}
