import * as z from 'zod';
import { type SleepPolicy, sleepPolicySchema } from '../sleep/policy.ts';
import { POLICY_EXAMPLES, POLICY_MEANINGS } from './policy-meanings.ts';

const { scopes: _, version: __, ...policyShape } = sleepPolicySchema.shape;

const timeSpec = z.string().min(1);

/** What only the file says, beside the words of the policy itself. */
const ownWords = {
  uptime: timeSpec
    .optional()
    .describe('when workloads are awake; asleep at all other times')
    .meta({ examples: ['Mon-Fri 07:00-19:00 Europe/Berlin'] }),
  downtime: timeSpec
    .optional()
    .describe('when workloads sleep; awake at all other times')
    .meta({ examples: ['Sat-Sun 00:00-24:00 Europe/Berlin'] }),
  upscalePeriod: timeSpec
    .optional()
    .describe('in the place of uptime and downtime: when workloads are woken; left alone at all other times')
    .meta({ examples: ['Mon-Fri 07:00-07:30 Europe/Berlin'] }),
  downscalePeriod: timeSpec
    .optional()
    .describe('in the place of uptime and downtime: when workloads are put to sleep; left alone at all other times')
    .meta({ examples: ['Mon-Fri 19:00-23:00 Europe/Berlin'] }),
  reconcileMinutes: z
    .literal([5, 10, 15, 20, 30, 60])
    .default(15)
    .describe('how often a run looks for missed, late or undone changes, beside the edges of the schedule'),
};

/** The sleep policy of every stage: one scope, and the words of `lib/sleep/policy.ts`. */
export const sleepSectionSchema = z.strictObject({ ...ownWords, ...explained(policyShape) });

export type SleepSection = Readonly<z.output<typeof sleepSectionSchema>>;

/** Time specs of the section, by the word that holds them. */
export const TIME_SPEC_WORDS = ['uptime', 'downtime', 'upscalePeriod', 'downscalePeriod'] as const;

/** The words of a stage that replace those of the file; none has a default, so that what is not said is inherited. */
export const sleepOverrideSchema = z.strictObject(
  Object.fromEntries(Object.entries(sleepSectionSchema.shape).map(([word, schema]) => [word, withoutDefault(schema)])) as {
    [Word in keyof typeof sleepSectionSchema.shape]: z.ZodOptional<z.ZodType<SleepSection[Word]>>;
  },
);

export type SleepOverride = Readonly<z.output<typeof sleepOverrideSchema>>;

function withoutDefault(schema: z.ZodType): z.ZodType {
  const bare = (schema instanceof z.ZodDefault ? schema.unwrap() : schema) as z.ZodType;
  return bare.optional().meta({ ...schema.meta() });
}

/** The policy is part of the function; what editors show of its words is not. */
function explained<Shape extends typeof policyShape>(shape: Shape): Shape {
  const words = Object.entries(shape) as [keyof typeof POLICY_MEANINGS, z.ZodType][];
  return Object.fromEntries(
    words.map(([word, schema]) => {
      const examples = POLICY_EXAMPLES[word];
      return [word, schema.meta({ description: POLICY_MEANINGS[word], ...(examples && { examples: [...examples] }) })];
    }),
  ) as Shape;
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
