import { partitionOf } from '../aws/partition.ts';
import type { LogLevel } from '../platform/log.ts';
import type { ClusterSection, Configuration, Prices, Routes, StageSection, VpcSection } from './schema.ts';
import { type SleepSection, sleepSectionSchema } from './sleep-section.ts';
import { type StageSmoke, type SuiteDocuments, stageSmokeOf } from './stage-smoke.ts';

/**
 * How a function's role gets into a cluster: `own` by its own access entry, in the stack's account and region; `spoke` by a role that a spoke
 * stack makes where the cluster is; `role` by one that people made.
 */
export type ClusterAccess =
  | { readonly via: 'own' }
  | { readonly via: 'spoke'; readonly account: string; readonly region: string; readonly externalId: string }
  | { readonly via: 'role'; readonly roleArn: string; readonly externalId?: string };

export interface StageCluster {
  readonly name: string;
  /** As AWS calls it. */
  readonly eksName: string;
  /** Where it is not the stage's own. */
  readonly region?: string;
  readonly access: ClusterAccess;
  readonly accessEntry: 'create' | 'none';
}

/** One stage with everything that the file says about it, nothing left to look up. */
export interface StageConfig {
  /** The prefix of all names, `<name>-<stage>`. */
  readonly prefix: string;
  readonly stage: string;
  readonly account?: string;
  readonly region?: string;
  readonly clusters: readonly StageCluster[];
  readonly sleep: SleepSection;
  readonly routes: Routes;
  readonly smoke: StageSmoke;
  readonly prices?: Prices;
  readonly vpc?: VpcSection;
  readonly functions: StageSection['functions'];
  readonly logLevel: LogLevel;
  readonly logRetentionDays: number;
  readonly testEvents: StageSection['testEvents'];
}

/**
 * The stages of a file, in its order.
 * @param suites those that the file names, read
 */
export function stagesOf(file: Configuration, suites: SuiteDocuments = new Map()): readonly StageConfig[] {
  return Object.entries(file.stages).map(([stage, section]) => stageOf(file, suites, [stage, section]));
}

function stageOf(file: Configuration, suites: SuiteDocuments, [stage, section]: readonly [string, StageSection]): StageConfig {
  const { sleep, routes, account, region, vpc, ...rest } = section;
  const prefix = `${file.name}-${stage}`;
  return {
    ...rest,
    prefix,
    stage,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(vpc && { vpc }),
    ...(file.prices && { prices: file.prices }),
    routes: routes ?? file.routes,
    smoke: stageSmokeOf(file, stage, suites),
    sleep: sleepSectionSchema.parse({ ...file.sleep, ...sleep }),
    clusters: file.clusters.filter((cluster) => cluster.stage === stage).map((cluster) => clusterOf(cluster, section, prefix)),
  };
}

function clusterOf(cluster: ClusterSection, stage: StageSection, prefix: string): StageCluster {
  const { name, eksName = name, region, accessEntry } = cluster;
  const elsewhere = region !== undefined && region !== stage.region;
  return { name, eksName, accessEntry, ...(elsewhere && { region }), access: accessOf(cluster, stage, prefix) };
}

function accessOf({ account, region, roleArn, externalId }: ClusterSection, stage: StageSection, prefix: string): ClusterAccess {
  if (roleArn !== undefined) return { via: 'role', roleArn, ...(externalId !== undefined && { externalId }) };
  const where = { account: account ?? stage.account, region: region ?? stage.region };
  if (where.account === stage.account && where.region === stage.region) return { via: 'own' };
  // The schema lets a cluster be elsewhere only in a stage that says where it is itself.
  return { via: 'spoke', account: where.account ?? '', region: where.region ?? '', externalId: prefix };
}

/** The ARN of the role that a job takes in the spoke of an account and region. IAM roles are global in an account, so their names say the region. */
export function spokeRoleArn(
  prefix: string,
  job: string,
  { account, region }: { readonly account: string; readonly region: string },
): string {
  return `arn:${partitionOf(region)}:iam::${account}:role/${spokeRoleName(prefix, job, region)}`;
}

export function spokeRoleName(prefix: string, job: string, region: string): string {
  return `${prefix}-${job}-${region}`;
}
