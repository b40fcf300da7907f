import * as z from 'zod';
import { LOG_LEVELS } from '../platform/log.ts';
import { sleepOverrideSchema, sleepSectionSchema } from './sleep-section.ts';
import { accountId, clusterName, parameterName, regionName, roleArn, shortName } from './words.ts';

/** What CloudWatch Logs accepts (API reference of PutRetentionPolicy), up to two years. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const routesSchema = z
  .strictObject({
    email: z.array(z.email()).default([]).describe('addresses that hear of every alarm, by SNS; each has to confirm once'),
    slack: z
      .strictObject({
        webhookParameter: parameterName.describe('the SSM parameter (a SecureString that you create) with the URL of a Slack webhook'),
      })
      .optional()
      .describe('the Slack channel that hears of failed runs'),
  })
  .describe('whom Nightshift tells');

const vpcSchema = z
  .strictObject({
    id: z.string().regex(/^vpc-[0-9a-f]+$/, 'must be the id of a VPC'),
    availabilityZones: z.array(z.string().min(1)).min(1),
    subnets: z.array(z.string().regex(/^subnet-[0-9a-f]+$/, 'must be the id of a subnet')).min(1),
    securityGroups: z
      .array(z.string().regex(/^sg-[0-9a-f]+$/, 'must be the id of a security group'))
      .default([])
      .describe('groups of your own; without any, one is made that allows HTTPS out and nothing in'),
  })
  .describe(
    'where the functions run when a cluster has a private endpoint only: private subnets, in the order of their zones, with a NAT or VPC endpoints',
  )
  .refine(({ availabilityZones, subnets }) => subnets.length === availabilityZones.length, {
    path: ['subnets'],
    error: 'must be one subnet for each of the availabilityZones, in their order',
  });

const sizeSchema = z.strictObject({
  memoryMb: z.int().min(256).max(10_240).optional(),
  timeoutMinutes: z.int().min(1).max(15).optional(),
});

const stageSchema = z.strictObject({
  account: accountId.optional().describe("the AWS account; the deploying credentials' own unless said"),
  region: regionName.optional().describe("the AWS region; the deploying credentials' own unless said"),
  sleep: sleepOverrideSchema.optional().describe("words that replace the file's `sleep` in this stage"),
  routes: routesSchema.optional().describe("replaces the file's `routes` in this stage"),
  vpc: vpcSchema.optional(),
  functions: z
    .strictObject({ 'scale-dev-nightly': sizeSchema.optional() })
    .prefault({})
    .describe('memory and time limit of a function, where its own do not suit'),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  logRetentionDays: z.literal(RETENTION_DAYS).default(30),
  testEvents: z
    .enum(['create', 'existing', 'none'])
    .default('create')
    .describe(
      'test events for the Lambda console: `existing` when the registry lambda-testevent-schemas is there already, as it is once anyone saved a shareable event',
    ),
});

const clusterSchema = z.strictObject({
  name: clusterName.describe('its name in reports and originals'),
  stage: shortName.describe('the stage whose functions look after it'),
  eksName: clusterName.optional().describe('its name on EKS, where two clusters of a stage share that'),
  account: accountId.optional().describe("its account, where that is not the stage's"),
  region: regionName.optional().describe("its region, where that is not the stage's"),
  roleArn: roleArn.optional().describe('a role of your own to reach it by, in the place of the one that the spoke stack makes'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'must be 2 to 1224 letters, digits and +=,.@:/-_')
    .optional()
    .describe('what the trust policy of that role asks for'),
  accessEntry: z.enum(['create', 'none']).default('create').describe('`none` when you give the role its group in the cluster yourself'),
});

const pricesSchema = z
  .strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a currency code, such as USD')
      .default('USD'),
    vcpuHour: z.number().positive().describe('what a vCPU of your nodes costs per hour'),
    gibHour: z.number().positive().describe('what a GiB of memory of your nodes costs per hour'),
  })
  .describe('turns what sleeps into money, in reports and on the dashboard');

/** `nightshift.yaml`: the one file that says what is deployed. Unknown words are errors; what spans the file is in `check-*.ts`. */
export const configurationSchema = z.strictObject({
  version: z.literal(1),
  name: shortName.default('nightshift').describe('the prefix of everything that is deployed'),
  stages: z.record(shortName, stageSchema).describe('one deployment each: its functions, its state, its schedules'),
  clusters: z.array(clusterSchema).min(1, 'must name at least one cluster').describe('the EKS clusters that are looked after'),
  sleep: sleepSectionSchema.prefault({}).describe('when dev workloads sleep; annotations on namespaces and workloads refine it'),
  routes: routesSchema.prefault({}),
  prices: pricesSchema.optional(),
});

export type Configuration = Readonly<z.output<typeof configurationSchema>>;
export type StageSection = Configuration['stages'][string];
export type ClusterSection = Configuration['clusters'][number];
export type Routes = Readonly<z.output<typeof routesSchema>>;
export type VpcSection = Readonly<z.output<typeof vpcSchema>>;
export type Prices = Readonly<z.output<typeof pricesSchema>>;
