import * as z from 'zod';
import { LOG_LEVELS } from '../platform/log.ts';
import { routesSchema } from './routes-section.ts';
import { sleepOverrideSchema } from './sleep-section.ts';
import { vpcSchema } from './vpc-section.ts';
import { accountId, regionName } from './words.ts';

/** What CloudWatch Logs accepts (API reference of PutRetentionPolicy), up to two years. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const sizeSchema = z.strictObject({
  memoryMb: z.int().min(256).max(10_240).optional().describe('memory in MB; more memory is a faster processor as well'),
  timeoutMinutes: z.int().min(1).max(15).optional().describe('how long a run may take'),
});

const functionsSchema = z.strictObject({
  'scale-dev-nightly': sizeSchema.optional().describe('memory and time limit of scale-dev-nightly'),
  'post-deploy-smoke': sizeSchema.optional().describe('memory and time limit of post-deploy-smoke'),
});

/** One deployment: its functions, its state, its schedules. */
export const stageSchema = z.strictObject({
  account: accountId.optional().describe("the AWS account, in quotes; the deploying credentials' own unless said"),
  region: regionName.optional().describe("the AWS region; the deploying credentials' own unless said"),
  sleep: sleepOverrideSchema
    .optional()
    .describe("words that replace those of the file's `sleep` in this stage; the others are inherited")
    .meta({ examples: [{ gracePeriodSeconds: 3600 }] }),
  routes: routesSchema
    .optional()
    .describe("replaces the file's `routes` in this stage, all of it")
    .meta({ examples: [{ email: ['team@example.com'] }] }),
  vpc: vpcSchema
    .optional()
    .describe('where the functions run when a cluster has a private endpoint only')
    .meta({ examples: [{ id: 'vpc-0a1b2c3d', availabilityZones: ['eu-central-1a'], subnets: ['subnet-0a1b2c3d'] }] }),
  functions: functionsSchema
    .prefault({})
    .describe('memory and time limit of a function, where its own do not suit')
    .meta({ examples: [{ 'scale-dev-nightly': { memoryMb: 1024, timeoutMinutes: 15 } }] }),
  logLevel: z.enum(LOG_LEVELS).default('info').describe('what the functions log'),
  logRetentionDays: z.literal(RETENTION_DAYS).default(30).describe('how long CloudWatch keeps the logs'),
  testEvents: z
    .enum(['create', 'existing', 'none'])
    .default('create')
    .describe(
      'test events for the Lambda console, in a stack of their own: `existing` when the registry lambda-testevent-schemas is there already, as it is once anyone saved a shareable event',
    ),
});
