import type { Deadline } from '../../platform/deadline.ts';
import { type Waited, waitFor } from '../wait-for.ts';
import { checkJenkins } from './check.ts';
import type { JenkinsClient } from './client.ts';
import type { JenkinsHandle } from './handle.ts';
import type { JenkinsState } from './state.ts';

export interface JenkinsWait {
  readonly deadline: Deadline;
  readonly signal?: AbortSignal;
  readonly onState?: (state: JenkinsState) => void | Promise<void>;
  readonly onTrouble?: (error: Error) => void;
}

/** Well below the five minutes after which Jenkins forgets an item, and kind to a controller that many wait on. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 10_000;

/** Waits until the build is over or the deadline has come; the build goes on then. */
export function waitForJenkins(client: JenkinsClient, handle: JenkinsHandle, options: JenkinsWait): Promise<Waited<JenkinsState>> {
  let known = handle;
  return waitFor((patience) => checkJenkins(client, known, patience), {
    clock: client.clock,
    deadline: options.deadline,
    signal: options.signal,
    isOver: ({ phase }) => phase === 'done',
    intervalMs: (_, looks) => Math.min(LONGEST_MS, SHORTEST_MS * 1.3 ** (looks - 1)),
    onTrouble: options.onTrouble,
    onLook: (state) => {
      known = state.handle;
      return options.onState?.(state);
    },
  });
}
