import type { GithubHandle } from '../../lib/pipelines/github/handle.ts';
import type { GithubState } from '../../lib/pipelines/github/run.ts';
import type { Waited } from '../../lib/pipelines/wait-for.ts';
import type { Result } from './jenkins-result.ts';

/** What a command has come to know of a run. */
export interface GithubRun {
  readonly repository: string;
  readonly workflow: string;
  readonly handle: GithubHandle | undefined;
  readonly url?: string | undefined;
  /** Absent when nobody waited. */
  readonly waited?: Waited<GithubState>;
}

/** One document for programs, and its text for people. */
export function githubResult({ repository, workflow, handle, url, waited }: GithubRun): Result {
  const base = { service: 'github', repository, workflow, handle };
  const name = `${workflow} of ${repository}`;
  if (!waited) {
    const shown = url ?? (handle === undefined ? 'the server does not say which run it is' : undefined);
    const text = [`dispatched ${name}`, ...(shown === undefined ? [] : [shown])].join('\n');
    return { document: { ...base, phase: 'starting', url }, text, outcome: undefined, url };
  }
  const state = waited.state;
  if (!waited.over || state?.phase !== 'done') return timedOut({ base, name }, state);
  const { phase, outcome, run, conclusion, reason } = state;
  const text = [`${name}, run ${run}: ${conclusion}${reason === undefined ? '' : ` (${reason})`}`, state.url ?? url ?? '']
    .join('\n')
    .trimEnd();
  return { document: { ...base, phase, outcome, run, conclusion, reason, url: state.url ?? url }, text, outcome, url: state.url ?? url };
}

function timedOut({ base, name }: { readonly base: object; readonly name: string }, state: GithubState | undefined): Result {
  const url = state?.phase === 'running' ? state.url : undefined;
  const where =
    state?.phase === 'running' ? `it is ${state.status}${state.why === undefined ? '' : ` (${state.why})`}` : 'no run shows its id yet';
  const reason = `not over when the time was up: ${where}`;
  const text = [`${name}: ${reason}`, ...(url === undefined ? [] : [url])].join('\n');
  return { document: { ...base, phase: state?.phase ?? 'starting', outcome: 'timed_out', reason, url }, text, outcome: 'timed_out', url };
}
