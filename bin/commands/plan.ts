import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { RunFlags } from '../flags/run.ts';

export interface PlanFlags extends RunFlags {
  /** Manifests to decide on instead of a cluster. */
  readonly filename?: readonly string[];
  readonly all?: boolean;
  /** Accepted because every run takes it; a plan never changes anything. */
  readonly dryRun?: boolean;
}

const LIVE_ONLY = ['kubeconfig', 'context', 'cluster', 'inCluster'] as const;

/** `nightshift plan`: what would change now, and why. Changes nothing. */
export async function plan(context: CommandContext, flags: PlanFlags): Promise<ExitCode> {
  if (flags.filename === undefined) return (await import('./plan-live.ts')).planLive(context, flags);
  const other = LIVE_ONLY.find((flag) => flags[flag] !== undefined);
  if (other)
    throw new UsageError('a plan is made of manifests (-f) or of a cluster, not of both', {
      hint: `leave out -f or the flags that choose a cluster`,
    });
  return (await import('./plan-offline.ts')).planOffline(context, flags, flags.filename);
}
