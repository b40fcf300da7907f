import * as z from 'zod';
import { DIALECTS } from '../schedule/time-spec.ts';

const text = z.string().optional().catch(undefined);

const sleep = z
  .object({
    dialect: z.enum(DIALECTS).optional().catch(undefined),
    ...{ defaultTimezone: text, defaultWeekframe: text },
    ...{ uptime: text, downtime: text, upscalePeriod: text, downscalePeriod: text },
  })
  .catch({});

const stage = z.object({ account: text, region: text, sleep: sleep.optional() }).catch({});

const cluster = z
  .object({ name: text, stage: text, eksName: text, account: text, region: text, roleArn: text, externalId: text })
  .catch({});

const suite = z
  .object({
    stages: z.array(z.string()).optional().catch(undefined),
    target: z.object({ cluster: text }).optional().catch(undefined),
    codeDeploy: z.array(z.string()).optional().catch(undefined),
  })
  .catch({});

const smoke = z.object({ suites: z.record(z.string(), suite).optional().catch(undefined) }).catch({});

const outlineSchema = z
  .object({
    name: text,
    stages: z.record(z.string(), stage).optional().catch(undefined),
    clusters: z.array(cluster).optional().catch(undefined),
    sleep: sleep.default({}),
    smoke: smoke.default({}),
  })
  .catch({ sleep: {}, smoke: {} });

/**
 * What checks across the file need of it, as far as it can be read: a wrong word in one place must not hide what is wrong in another.
 * What is missing or of another type is `undefined`; the schema has said so.
 */
export type Outline = Readonly<z.output<typeof outlineSchema>>;
export type OutlinedSleep = Readonly<z.output<typeof sleep>>;
export type OutlinedStage = Readonly<z.output<typeof stage>>;
export type OutlinedCluster = Readonly<z.output<typeof cluster>>;

export function outlineOf(value: unknown): Outline {
  return outlineSchema.parse(value);
}
