import type { RunOptions } from '../../lib/platform/job.ts';
import type { Report } from '../../lib/platform/report.ts';
import type { ConnectionFlags } from '../flags/connection.ts';
import type { GlobalFlags } from '../flags/global.ts';
import type { StateFlags } from '../flags/run.ts';

export interface InvokeFlags extends GlobalFlags, StateFlags, Pick<ConnectionFlags, 'kubeconfig' | 'context'> {
  /** File of the event; `-` is standard input. */
  readonly event?: string;
  readonly dryRun?: boolean;
}

/** A function with its event and its configuration, ready to run. */
export interface Invoked {
  readonly name: string;
  run(options: Omit<RunOptions<never>, 'config'>): Promise<Report>;
}
