import type { Job } from '../../lib/platform/job.ts';
import { UsageError } from '../errors.ts';
import type { Invoked, InvokeFlags } from './invoked.ts';

/** What only a function with a preparation of its own, as `scale-dev-nightly` has, can make something of. */
const foreignFlags = {
  context: '--context',
  stateDir: '--state-dir',
  stateBucket: '--state-bucket',
  statePrefix: '--state-prefix',
} as const;

/**
 * Any job, with the environment that the function would have; `--kubeconfig` is its KUBECONFIG.
 * @throws UsageError for a flag that the job would not hear of
 */
export function invokedJob(job: Job<never>, event: unknown, flags: InvokeFlags): Invoked {
  const foreign = Object.keys(foreignFlags).find((flag): flag is keyof typeof foreignFlags => Reflect.get(flags, flag) !== undefined);
  if (foreign !== undefined) {
    throw new UsageError(`${foreignFlags[foreign]} means nothing to ${job.name}`, { hint: 'configure it by its environment variables' });
  }
  const { kubeconfig } = flags;
  const env = kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig };
  return { name: job.name, run: (options) => job.run(event, { ...options, env: { ...options.env, ...env } }) };
}
