export type RunStatus = 'requested' | 'queued' | 'pending' | 'waiting' | 'in_progress';
export type RunConclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'neutral'
  | 'stale'
  | 'startup_failure';

/** A workflow file, and how its runs go. */
export interface SandboxWorkflow {
  /** `false`: it has no workflow_dispatch trigger, and a dispatch answers 422. @default true */
  readonly dispatchable?: boolean;
  readonly inputs?: Readonly<Record<string, { readonly required?: boolean; readonly options?: readonly string[] }>>;
  /** Title of its runs, with `${{ inputs.NAME }}` in it. @default the workflow's name */
  readonly runName?: string;
  /** Names of the steps of its only job, with inputs like the title. */
  readonly steps?: readonly string[];
  /** What a run is, one after the other, and for how long (ms; Infinity for ever). @default queued for 0 ms */
  readonly phases?: readonly { readonly status: RunStatus; readonly forMs: number }[];
  /** @default success */
  readonly conclusion?: RunConclusion;
  /** Milliseconds from the dispatch until its run is in lists. @default 0 */
  readonly appearsAfterMs?: number;
  /** A newer run cancels those of this group that are not over. */
  readonly concurrencyGroup?: string;
}

export interface SandboxRun {
  readonly id: number;
  readonly workflow: string;
  readonly event: 'workflow_dispatch' | 'repository_dispatch' | 'push';
  readonly branch: string;
  readonly title: string;
  readonly steps: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly inputs: Readonly<Record<string, string>>;
  cancelledAt?: number;
}
