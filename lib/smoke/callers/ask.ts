import { isFields } from '../../kubernetes/fields.ts';
import { BadInputError } from '../../platform/errors.ts';
import type { LambdaContext } from '../../platform/lambda-runner.ts';
import { newRunId } from '../../platform/run-id.ts';
import type { Desk } from './answer-caller.ts';
import type { Call } from './call.ts';
import { type Checkpoint, checkpointOf, eventAt, tokenAfter } from './checkpoint.ts';
import { goesOn } from './going-on.ts';
import { type Standing, standingOf } from './standing.ts';

/** What the job's own schema takes for a time limit that is not said, in milliseconds. */
const USUAL_TIMEOUT_MS = 30 * 60_000;

/** How a call of a proof came out; `token` is for the next one, and absent when this was the last. */
export interface Asked {
  readonly standing: Standing;
  readonly token?: string;
}

/** Runs the job for one call. Never rejects: an event that cannot be read is an event that the job refuses, and says why. */
export async function askOnce({ event, problem }: Call, context: LambdaContext, { run }: Desk): Promise<Standing> {
  const standing = standingOf(await run(event, context));
  return problem === undefined ? standing : { ...standing, kind: 'misconfigured', summary: problem };
}

/** Runs the job for a call of a proof that may take several. */
export async function askInSteps(
  call: Call,
  { checkpoint, context }: { readonly checkpoint: Checkpoint; readonly context: LambdaContext },
  desk: Desk,
): Promise<Asked> {
  const standing = await askOnce({ ...call, event: eventAt(call.event, checkpoint) }, context, desk);
  const more = goesOn(standing, checkpoint, { now: desk.clock.now(), timeoutMs: timeoutOf(call.event) });
  return { standing, ...(more && { token: tokenAfter(checkpoint) }) };
}

/** Where a call stands in its proof; a token that is not ours is a problem of the call, and its proof begins anew only to say so. */
export function placeOf(call: Call, { clock }: Pick<Desk, 'clock'>): { readonly call: Call; readonly checkpoint: Checkpoint } {
  const now = clock.now();
  const first = { runId: newRunId(now), now };
  try {
    return { call, checkpoint: checkpointOf(call, first) };
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return { call: { ...call, event: {}, problem: error.message }, checkpoint: checkpointOf({}, first) };
  }
}

/** The same call with its time cut, so that there is some left for the answer. */
export function withReserve(context: LambdaContext, reserveMs: number): LambdaContext {
  const whole = context.getRemainingTimeInMillis();
  const reserve = Math.min(reserveMs, whole * 0.2);
  return { ...context, getRemainingTimeInMillis: () => Math.max(0, context.getRemainingTimeInMillis() - reserve) };
}

function timeoutOf(event: unknown): number {
  const seconds = isFields(event) ? event.timeoutSeconds : undefined;
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : USUAL_TIMEOUT_MS;
}
