import { BadInputError } from '../platform/errors.ts';
import type { Environment } from '../platform/job-definition.ts';

/** @throws BadInputError when neither the configuration nor the environment names a region */
export function regionOf(env: Environment, configured?: string): string {
  const region = configured || env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (!region) throw new BadInputError('no AWS region is known', { hint: 'set AWS_REGION, or give the cluster a region' });
  return region;
}
