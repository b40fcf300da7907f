import type { Deadline } from '../../platform/deadline.ts';
import { NotFoundError } from '../errors.ts';
import { type Waited, waitFor } from '../wait-for.ts';
import { checkGithub } from './check.ts';
import type { GithubClient } from './client.ts';
import { DEFAULT_CORRELATION_INPUT } from './dispatch-workflow.ts';
import type { GithubHandle } from './handle.ts';
import type { GithubState } from './run.ts';

export interface GithubWait {
  readonly deadline: Deadline;
  readonly signal?: AbortSignal;
  readonly onState?: (state: GithubState) => void | Promise<void>;
  readonly onTrouble?: (error: Error) => void;
  /** How long a run may take to show its id, in milliseconds; 5 minutes unless told. */
  readonly appearsWithinMs?: number;
}

/** A request every quarter of a minute is 240 of the 5,000 that a token has per hour. */
const SHORTEST_MS = 2_000;
const LONGEST_MS = 15_000;

/**
 * Waits until the run is over or the deadline has come; the run goes on then.
 * @throws NotFoundError when no run shows the id that was sent
 */
export function waitForGithub(client: GithubClient, handle: GithubHandle, options: GithubWait): Promise<Waited<GithubState>> {
  const { clock } = client;
  const { appearsWithinMs = 5 * 60_000 } = options;
  const since = clock.now();
  let known = handle;
  return waitFor((patience) => checkGithub(client, known, patience), {
    clock,
    deadline: options.deadline,
    signal: options.signal,
    isOver: ({ phase }) => phase === 'done',
    intervalMs: (_, looks) => Math.min(LONGEST_MS, SHORTEST_MS * 1.3 ** (looks - 1)),
    onTrouble: options.onTrouble,
    onLook: (state) => {
      known = state.handle;
      if (state.phase === 'starting' && clock.now() - since >= appearsWithinMs) throw neverShown(handle);
      return options.onState?.(state);
    },
  });
}

function neverShown({ target }: GithubHandle): NotFoundError {
  const workflow = target.by === 'id' ? target.workflow : 'the workflow';
  return new NotFoundError(`${workflow} was dispatched, and none of its runs shows the id that was sent with it`, {
    service: 'github',
    hint: `show the input in the run's title: run-name: Deploy \${{ inputs.${DEFAULT_CORRELATION_INPUT} }}; a step with it in its name will do as well`,
  });
}
