import { cachedParameters } from './cached-parameters.ts';
import { systemClock } from './clock.ts';
import { ParameterError } from './parameter-error.ts';
import type { ParameterSource } from './parameters.ts';

/** The AWS SDK is loaded by the first read: most runs of the CLI, and many functions, never make one. */
async function ssm(name: string): Promise<ParameterSource> {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) {
    throw new ParameterError(`parameter ${name} could not be read: no AWS region is known`, {
      parameter: name,
      retryable: false,
      hint: 'set AWS_REGION to the region that the parameter is in',
    });
  }
  const { ssmParameters } = await import('../aws/ssm-parameters.ts');
  return ssmParameters(region);
}

/** SSM of this process's region and credentials, remembered across the runs of a warm function. */
export const processParameters: ParameterSource = cachedParameters(
  {
    get: async (name, signal) => (await ssm(name)).get(name, signal),
    secret: async (name, signal) => (await ssm(name)).secret(name, signal),
  },
  { clock: systemClock },
);
