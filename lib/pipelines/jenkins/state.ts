import type { Outcome } from '../outcome.ts';
import type { JenkinsHandle } from './handle.ts';

/** Where a triggered build is. The handle is the best one known by now. */
export type JenkinsState =
  | {
      readonly phase: 'queued';
      readonly handle: JenkinsHandle;
      /** Jenkins's own words, as in `Waiting for next available executor`. */
      readonly why: string | undefined;
      /** Jenkins thinks that it waits for longer than it should. */
      readonly stuck: boolean;
    }
  | { readonly phase: 'running'; readonly handle: JenkinsHandle; readonly build: number; readonly url: string }
  | {
      readonly phase: 'done';
      readonly handle: JenkinsHandle;
      readonly outcome: Outcome;
      /** Jenkins's result, when there was a build. */
      readonly result?: string;
      readonly build?: number;
      readonly url?: string;
      readonly durationMs?: number;
      /** Why there is no result of a build. */
      readonly reason?: string;
    };

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  SUCCESS: 'success',
  UNSTABLE: 'unstable',
  FAILURE: 'failed',
  NOT_BUILT: 'skipped',
  ABORTED: 'aborted',
};

/** A result that is none of Jenkins's five counts as a failure. */
export function outcomeOf(result: string): Outcome {
  return OUTCOMES[result] ?? 'failed';
}
