import * as z from 'zod';
import type { Outcome } from '../outcome.ts';
import type { GithubHandle } from './handle.ts';

export const runSchema = z.object({
  id: z.int(),
  status: z.string().nullable(),
  conclusion: z.string().nullish(),
  html_url: z.string().optional(),
  display_title: z.string().optional(),
  name: z.string().nullish(),
});

/** A run as the API shows it, as far as it is read here. */
export type Run = z.infer<typeof runSchema>;

/** Where a dispatched run is. The handle is the best one known by now. */
export type GithubState =
  /** Dispatched; no run shows its id yet. */
  | { readonly phase: 'starting'; readonly handle: GithubHandle }
  | {
      readonly phase: 'running';
      readonly handle: GithubHandle;
      readonly run: number;
      /** GitHub's word: queued, in_progress, waiting, pending, requested. */
      readonly status: string;
      readonly url?: string;
      /** What it waits for, when that is known. */
      readonly why?: string;
    }
  | {
      readonly phase: 'done';
      readonly handle: GithubHandle;
      readonly outcome: Outcome;
      readonly run: number;
      readonly conclusion: string;
      readonly url?: string;
      readonly reason?: string;
    };

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  success: 'success',
  neutral: 'success',
  skipped: 'skipped',
  cancelled: 'aborted',
  timed_out: 'timed_out',
};

const REASONS: Readonly<Record<string, string>> = {
  skipped: 'none of its jobs ran: their conditions did not hold',
  cancelled: 'it was cancelled, by hand or by a newer run of its concurrency group',
  timed_out: 'a job ran into its time limit on GitHub',
  action_required: 'somebody has to approve the run before it may start',
  stale: 'GitHub gave it up after 14 days',
  startup_failure: 'the workflow file cannot be run as it is on this ref',
};

const WAITS: Readonly<Record<string, string>> = {
  waiting: 'an environment wants an approval or a waiting time',
  pending: 'another run of its concurrency group is not over, or no runner is free',
  action_required: 'somebody has to approve the run',
};

/** What a run comes to. A conclusion that is none of GitHub's counts as a failure. */
export function stateOfRun(known: GithubHandle, run: Run): GithubState {
  const common = {
    handle: { ...known, target: { by: 'run', run: run.id } },
    run: run.id,
    ...(run.html_url !== undefined && { url: run.html_url }),
  } as const;
  const status = run.status ?? 'queued';
  if (status !== 'completed') return { phase: 'running', ...common, status, ...optional('why', WAITS[status]) };
  const conclusion = run.conclusion ?? 'unknown';
  return { phase: 'done', ...common, outcome: OUTCOMES[conclusion] ?? 'failed', conclusion, ...optional('reason', REASONS[conclusion]) };
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: string });
}
