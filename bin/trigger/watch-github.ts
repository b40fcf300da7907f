import type { GithubClient } from '../../lib/pipelines/github/client.ts';
import type { GithubHandle } from '../../lib/pipelines/github/handle.ts';
import type { GithubState } from '../../lib/pipelines/github/run.ts';
import { waitForGithub } from '../../lib/pipelines/github/wait.ts';
import type { Waited } from '../../lib/pipelines/wait-for.ts';
import type { Deadline } from '../../lib/platform/deadline.ts';
import type { Output } from '../output.ts';
import { onChange } from './follow.ts';

export interface GithubWatch {
  wait(deadline: Deadline, signal: AbortSignal): Promise<Waited<GithubState>>;
  /** The best one known by now. */
  handle(): GithubHandle;
  name(workflow: string): string;
}

/** Waits for a run and tells of each change on standard error. */
export function watchGithub(client: GithubClient, first: GithubHandle, output: Output): GithubWatch {
  const say = onChange((line) => output.note(line));
  let handle = first;
  const onState = (state: GithubState): void => {
    handle = state.handle;
    if (state.phase === 'starting') say('dispatched; looking for the run that shows its id');
    if (state.phase === 'running') say(`${state.status}${state.why === undefined ? '' : `: ${state.why}`} ${state.url ?? ''}`.trimEnd());
  };
  return {
    handle: () => handle,
    name: (workflow) => (handle.target.by === 'run' ? `run ${handle.target.run} of ${workflow}` : `the run of ${workflow}`),
    wait: (deadline, signal) =>
      waitForGithub(client, first, { deadline, signal, onState, onTrouble: (error) => say(`${error.message}; waiting on`) }),
  };
}
