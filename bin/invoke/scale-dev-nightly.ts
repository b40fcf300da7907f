import {
  POLICY_PARAMETER_VARIABLE,
  POLICY_VARIABLE,
  type ScaleConfig,
  STATE_BUCKET_VARIABLE,
  STATE_PREFIX_VARIABLE,
  scaleConfig,
} from '../../functions/scale-dev-nightly/config.ts';
import { scaleDevNightly } from '../../functions/scale-dev-nightly/job.ts';
import { processParameters } from '../../lib/platform/process-parameters.ts';
import type { SleepPolicy } from '../../lib/sleep/policy.ts';
import { clusterTargets, stateTarget } from '../config-from-flags.ts';
import type { Io } from '../io.ts';
import { policyFromFlags } from '../policy-from-flags.ts';
import type { Invoked, InvokeFlags } from './invoked.ts';

/** The function with the environment's configuration, or with a kubeconfig in place of the configured clusters. */
export async function prepare(event: unknown, flags: InvokeFlags, io: Io): Promise<Invoked> {
  const local = flags.kubeconfig !== undefined || flags.context !== undefined;
  const config = local ? await localConfig(event, flags, io) : undefined;
  return { name: scaleDevNightly.name, run: (options) => scaleDevNightly.run(event, { ...options, ...(config && { config }) }) };
}

async function localConfig(event: unknown, flags: InvokeFlags, io: Io): Promise<ScaleConfig> {
  const targets = await clusterTargets(flags, io.env);
  const named = clusterIn(event);
  return {
    // The event may speak of the cluster by the name that the function knows it by.
    clusters: named === undefined ? targets : targets.map((target) => ({ ...target, name: named })),
    policy: await policyOf(io),
    state: stateOf(flags, io.env),
    concurrency: 16,
  };
}

/** The function's own policy where the environment has it, else that of the CLI: the downscalers' variables. */
async function policyOf(io: Io): Promise<SleepPolicy> {
  const { env } = io;
  if (!env[POLICY_VARIABLE] && !env[POLICY_PARAMETER_VARIABLE]) return policyFromFlags({}, io);
  // The bucket does not matter here; without one the state goes to a directory.
  const config = await scaleConfig({ [STATE_BUCKET_VARIABLE]: 'unused', ...env }, processParameters);
  return config.policy;
}

function stateOf(flags: InvokeFlags, env: Io['env']): ScaleConfig['state'] {
  const bucket = env[STATE_BUCKET_VARIABLE];
  if (bucket && flags.stateDir === undefined && flags.stateBucket === undefined)
    return { via: 's3', bucket, prefix: env[STATE_PREFIX_VARIABLE] ?? '' };
  return stateTarget(flags, env);
}

function clusterIn(event: unknown): string | undefined {
  const cluster = typeof event === 'object' && event !== null && 'cluster' in event ? event.cluster : undefined;
  return typeof cluster === 'string' && cluster !== '' ? cluster : undefined;
}
