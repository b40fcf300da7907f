import type { JenkinsClient } from '../../lib/pipelines/jenkins/client.ts';
import { jenkinsConsole } from '../../lib/pipelines/jenkins/console.ts';
import type { JenkinsHandle } from '../../lib/pipelines/jenkins/handle.ts';
import type { JenkinsState } from '../../lib/pipelines/jenkins/state.ts';
import { waitForJenkins } from '../../lib/pipelines/jenkins/wait.ts';
import type { Mask } from '../../lib/pipelines/mask.ts';
import type { Waited } from '../../lib/pipelines/wait-for.ts';
import type { Deadline } from '../../lib/platform/deadline.ts';
import type { Output } from '../output.ts';
import { onChange } from './follow.ts';

export interface JenkinsWatch {
  wait(deadline: Deadline, signal: AbortSignal): Promise<Waited<JenkinsState>>;
  /** The best one known by now. */
  handle(): JenkinsHandle;
  name(): string;
  /** The last lines of the console of a build that did not succeed. */
  tail(): readonly string[];
}

/** Waits for a build and tells of each change on standard error; with `console`, of all that the build says. */
export function watchJenkins(
  client: JenkinsClient,
  first: JenkinsHandle,
  { output, mask, console }: { readonly output: Output; readonly mask: Mask; readonly console: boolean },
): JenkinsWatch {
  const say = onChange((line) => output.note(mask(line)));
  const log = jenkinsConsole(client, console ? { onLine: (line) => output.note(`| ${mask(line)}`) } : {});
  let handle = first;
  let failed = false;
  const onState = async (state: JenkinsState): Promise<void> => {
    handle = state.handle;
    failed = state.phase === 'done' && state.outcome !== 'success';
    if (state.phase !== 'done') say(lineOf(state));
    // Without --console it is read once, for the tail of a build that failed.
    if (console || failed) await log.poll(handle);
    if (state.phase === 'done') log.finish();
  };
  return {
    handle: () => handle,
    name: () => (handle.build === undefined ? `queue item ${handle.queueId} of ${handle.job}` : `${handle.job} #${handle.build}`),
    tail: () => (failed ? log.tail.map(mask) : []),
    async wait(deadline, signal) {
      const waited = await waitForJenkins(client, first, {
        deadline,
        signal,
        onState,
        onTrouble: (error) => say(`${error.message}; waiting on`),
      });
      if (console && log.dropped > 0) output.note(`| … ${log.dropped} more characters were not shown`);
      return waited;
    },
  };
}

function lineOf(state: Exclude<JenkinsState, { phase: 'done' }>): string {
  if (state.phase === 'running') return `building #${state.build}: ${state.url}`;
  return `${state.stuck ? 'stuck in the queue' : 'waiting in the queue'}: ${state.why ?? 'no reason given'}`;
}
