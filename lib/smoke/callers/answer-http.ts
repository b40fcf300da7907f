import { messageOf } from '../../platform/errors.ts';
import type { LambdaContext } from '../../platform/lambda-runner.ts';
import type { Desk } from './answer-caller.ts';
import { askOnce } from './ask.ts';
import type { Call } from './call.ts';
import { argoAnswer, flaggerAnswer, type HttpAnswer, refusal } from './http-answer.ts';

/** Flagger and Argo wait for ten seconds unless told otherwise. */
const LONGEST_MS = 9_000;

/** Answers a request to the function's URL. Nothing is looked at before the caller has shown the token. */
export async function answerHttp(call: Call, context: LambdaContext, desk: Desk): Promise<HttpAnswer> {
  const { kind } = call.caller;
  if (kind === 'stray-http') return refusal(kind, 'stray');
  const cut = cutTo(LONGEST_MS, context, desk.clock.now);
  try {
    if (!(await desk.answers.isKnown(call.credential))) return refusal(kind, 'no-token');
  } catch (error) {
    desk.log.error('the token of the URL could not be read', { reason: messageOf(error) });
    return refusal(kind, 'unreadable-token');
  }
  const standing = await askOnce(call, cut, desk);
  return kind === 'flagger' ? flaggerAnswer(standing) : argoAnswer(standing);
}

function cutTo(longestMs: number, context: LambdaContext, now: () => number): LambdaContext {
  const end = now() + longestMs;
  return { ...context, getRemainingTimeInMillis: () => Math.min(end - now(), context.getRemainingTimeInMillis()) };
}
