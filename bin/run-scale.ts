import type { ScaleConfig } from '../functions/scale-dev-nightly/config.ts';
import { scaleDevNightly } from '../functions/scale-dev-nightly/job.ts';
import type { Report } from '../lib/platform/report.ts';
import { withRegion } from './aws-region.ts';
import { commandLog } from './command-log.ts';
import { configFromFlags } from './config-from-flags.ts';
import type { CommandContext } from './context.ts';
import type { RestoreChoice, RunFlags } from './flags/run.ts';
import { isoOf } from './iso.ts';
import { progressLine } from './progress.ts';

export interface ScaleRequest {
  readonly action: 'plan' | 'sleep' | 'wake' | 'reconcile' | 'restore';
  readonly dryRun?: boolean;
  /** Epoch milliseconds; the clock's time unless told. */
  readonly at?: number | undefined;
  /** For restore, the run whose originals are put back. */
  readonly runId?: string;
}

/** Runs scale-dev-nightly as one command line asks, several times if need be: the decision first, then the change. */
export async function scaleRunner(
  { io }: CommandContext,
  flags: RunFlags & RestoreChoice,
  action: ScaleRequest['action'],
): Promise<(request: Omit<ScaleRequest, 'action'>) => Promise<Report>> {
  const config: ScaleConfig = await configFromFlags(flags, io, action);
  const env = await withRegion(io.env, flags);
  const log = await commandLog(io, { job: scaleDevNightly.name, verbose: flags.verbose ?? false });
  return async (request) => {
    const progress = progressLine(io, { quiet: flags.quiet ?? false });
    try {
      return await scaleDevNightly.run(eventOf({ ...request, action }, flags), {
        config,
        env,
        clock: io.clock,
        signal: io.signal,
        log,
        progress: progress.report,
        ...(flags.timeout !== undefined && { budgetMs: flags.timeout }),
      });
    } finally {
      progress.done();
    }
  };
}

function eventOf({ action, dryRun, at, runId }: ScaleRequest, { namespace }: RunFlags): Record<string, unknown> {
  return {
    action,
    ...(namespace && { namespaces: [...namespace] }),
    ...(at !== undefined && { at: isoOf(at) }),
    ...(dryRun && { dryRun }),
    ...(runId !== undefined && { runId }),
  };
}
