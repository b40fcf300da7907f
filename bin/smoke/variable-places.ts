import { createConnector } from '../../lib/connect/connector.ts';
import { regionOf } from '../../lib/connect/region.ts';
import type { Deadline } from '../../lib/platform/deadline.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { Log } from '../../lib/platform/log.ts';
import { processParameters } from '../../lib/platform/process-parameters.ts';
import type { SecretSource } from '../../lib/platform/secret-source.ts';
import type { VariablePlaces } from '../../lib/smoke/variables/variable-places.ts';
import { clusterTargets } from '../config-from-flags.ts';
import type { SmokeRunFlags } from '../flags/smoke.ts';
import type { Io } from '../io.ts';
import { givenValues } from './given-values.ts';

/** Reads of one cluster at a time. */
const READS = 4;

/** Where the command line reads variables from: all places there are. What is not asked for is not opened. */
export async function variablePlaces(
  flags: SmokeRunFlags,
  { io, log, deadline }: { readonly io: Io; readonly log: Log; readonly deadline: Deadline },
): Promise<VariablePlaces> {
  const { env, clock } = io;
  return {
    given: await givenValues(flags, io),
    env,
    parameters: processParameters,
    secrets: secretsOf(env),
    cluster: async () => {
      const [target] = await clusterTargets(flags, env);
      if (target === undefined) throw new BadInputError('no cluster is known', { hint: 'name one with --kubeconfig or --cluster' });
      return createConnector().openCluster(target, { env, clock, log, deadline }, READS);
    },
  };
}

/** The AWS SDK is loaded by the first secret. */
function secretsOf(env: Io['env']): SecretSource {
  return {
    secret: async (reference, signal) => {
      const { secretsManagerSecrets } = await import('../../lib/aws/secrets-manager.ts');
      return secretsManagerSecrets(regionOf(env)).secret(reference, signal);
    },
  };
}
