import type { LambdaContext } from '../../platform/lambda-runner.ts';
import type { Desk } from './answer-caller.ts';
import { askInSteps, placeOf } from './ask.ts';
import type { Call, Caller } from './call.ts';
import { type EcsAnswer, ecsAnswer } from './ecs-answer.ts';

export type EcsCall = Call & { readonly caller: Extract<Caller, { kind: 'ecs' }> };

/** The return value is the answer, and anything but one of its three words, or a throw, would roll the deployment back. */
export async function answerEcs(received: EcsCall, context: LambdaContext, desk: Desk): Promise<EcsAnswer> {
  const { call, checkpoint } = placeOf(received, desk);
  const { standing, token } = await askInSteps(call, { checkpoint, context }, desk);
  return ecsAnswer(standing, received.caller.details, token);
}
