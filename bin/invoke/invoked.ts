import type { Job, RunOptions } from '../../lib/platform/job.ts';
import type { Report } from '../../lib/platform/report.ts';
import type { ConnectionFlags } from '../flags/connection.ts';
import type { GlobalFlags } from '../flags/global.ts';
import type { StateFlags } from '../flags/run.ts';
import type { Io } from '../io.ts';

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

/** Makes a function ready for one run of `nightshift invoke`. @throws UsageError or BadInputError before anything is asked or changed */
export type Prepare = (event: unknown, flags: InvokeFlags, io: Io) => Promise<Invoked>;

/** A module with a function in it: a job as it is, or one whose flags mean more than its environment does. */
export type Invocable = { readonly job: Job<never> } | { readonly prepare: Prepare };
