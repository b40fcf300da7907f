import type { RunFlags } from './flags/run.ts';
import type { Io } from './io.ts';

type Environment = Io['env'];

/**
 * The environment with a region in it. A function finds AWS_REGION there; a person has it in a profile, and an instance in its metadata.
 * Without a region anywhere the environment stays as it is, and whoever needs one says so.
 */
export async function withRegion(env: Environment, flags: Pick<RunFlags, 'cluster' | 'region' | 'stateBucket'>): Promise<Environment> {
  const isNeeded = (flags.cluster !== undefined && flags.region === undefined) || flags.stateBucket !== undefined;
  if (!isNeeded || env.AWS_REGION || env.AWS_DEFAULT_REGION) return env;
  const { knownRegion } = await import('../lib/aws/known-region.ts');
  const region = await knownRegion(env);
  return region === undefined ? env : { ...env, AWS_REGION: region.name };
}
