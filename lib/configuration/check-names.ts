import type { Problem } from '../platform/schema-problems.ts';
import type { Outline } from './outline.ts';

/**
 * What leaves room in 63 characters of a bucket's name for `-state-<account>-<region>`, and in 64 of a role's for the longest job and a region:
 * limits of S3 and IAM that CloudFormation would meet half-way through a deployment.
 */
export const LONGEST_PREFIX = 28;

const DEFAULT_NAME = 'nightshift';

/** Whether the names of everything that is deployed will be short enough. */
export function checkNames({ name = DEFAULT_NAME, stages = {} }: Outline): readonly Problem[] {
  const taken = /^(aws|ssm)/.test(name)
    ? [{ path: ['name'], message: 'may not begin with aws or ssm: SSM keeps such names of parameters to itself' }]
    : [];
  const long = Object.keys(stages)
    .map((stage) => ({ path: ['stages', stage], prefix: `${name}-${stage}` }))
    .filter(({ prefix }) => prefix.length > LONGEST_PREFIX)
    .map(({ path, prefix }) => ({
      path,
      message: `the prefix ${prefix} would have ${prefix.length} characters, and ${LONGEST_PREFIX} are the most; shorten the name or the stage`,
    }));
  return [...taken, ...long];
}
