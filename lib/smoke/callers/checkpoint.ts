import { isFields } from '../../kubernetes/fields.ts';
import { type Continuation, decodeContinuation, encodeContinuation } from '../../pipelines/codepipeline/continuation.ts';
import type { Call } from './call.ts';

/** What calls of one proof hand on to each other. */
export interface Checkpoint {
  readonly runId: string;
  /** Epoch milliseconds at which the first call began. */
  readonly startedAt: number;
  /** Calls before this one. */
  readonly round: number;
}

const STEP = 'prove';

/** @throws BadInputError for a token that is not one of ours */
export function checkpointOf({ token }: Pick<Call, 'token'>, first: { readonly runId: string; readonly now: number }): Checkpoint {
  if (token === undefined) return { runId: first.runId, startedAt: first.now, round: 0 };
  const { runId, startedAt, round } = decodeContinuation(token, first.now);
  return { runId, startedAt: Date.parse(startedAt), round };
}

/** For the next call. */
export function tokenAfter({ runId, startedAt, round }: Checkpoint): string {
  const next: Continuation = { runId, startedAt: new Date(startedAt).toISOString(), step: STEP, round: round + 1, state: {} };
  return encodeContinuation(next);
}

/** The job's event with what the proof has come to. */
export function eventAt(event: unknown, { runId, startedAt }: Checkpoint): unknown {
  return isFields(event) ? { ...event, runId, startedAt } : event;
}
