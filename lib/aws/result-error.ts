import { ResultError, type ResultTrouble } from '../pipelines/results/result-error.ts';
import { NightshiftError } from '../platform/errors.ts';
import { type AwsCall, hintFor } from './aws-error.ts';
import { type AwsFailure, failureOf } from './failure.ts';

/** One attempt; the sender repeats it. */
const ATTEMPT_TIMEOUT_MS = 6_000;

/** Network failures from before the request was on its way. */
const NOT_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export interface ResultCall extends AwsCall {
  /** What is answered, for messages: `job 4f2c…`. */
  readonly subject: string;
  /** Error codes of the service, by what they mean here. */
  readonly codes: Readonly<Record<string, ResultTrouble>>;
}

/** Sends an answer once, within its limit. @throws ResultError; the reason of `signal` when that is what ended it */
export async function puttingResult(
  call: ResultCall,
  signal: AbortSignal | undefined,
  send: (abortSignal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS);
  try {
    await send(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    if (error instanceof NightshiftError) throw error;
    throw resultError(error, call, limit.aborted || signal?.aborted === true);
  }
}

function resultError(error: unknown, call: ResultCall, cut: boolean): ResultError {
  const failure = failureOf(error);
  const trouble = call.codes[failure.name] ?? troubleOf(failure);
  return new ResultError(`the answer to ${call.subject} was not confirmed: ${cut ? 'no answer in time' : failure.name}`, {
    trouble,
    arrived: cut || mayHaveArrived(failure) ? 'maybe' : 'no',
    retryable: cut || failure.retryable,
    cause: error,
    hint: hintOf(failure, trouble, call),
  });
}

function troubleOf({ kind, name }: AwsFailure): ResultTrouble {
  if (kind === 'access-denied' || kind === 'bad-credentials') return 'denied';
  return name === 'ValidationException' ? 'refused' : 'unavailable';
}

/** Of what has no answer, and of what failed inside, nobody knows. */
function mayHaveArrived({ kind, name }: AwsFailure): boolean {
  if (kind === 'network') return !NOT_SENT.has(name);
  return kind === 'timeout' || kind === 'server';
}

function hintOf(failure: AwsFailure, trouble: ResultTrouble, call: ResultCall): string {
  switch (trouble) {
    case 'unknown':
      return 'nothing waits for this answer: look whether the region and the account are those of the pipeline';
    case 'answered':
      return 'an answer was taken before, and holds';
    case 'refused':
      return 'look the AWS error code up and correct what it names';
    case 'denied':
    case 'unavailable':
      return hintFor(failure, call);
    default:
      return trouble satisfies never;
  }
}
