import type { Clock } from '../../platform/clock.ts';
import type { LambdaContext, LambdaRunner } from '../../platform/lambda-runner.ts';
import type { Log } from '../../platform/log.ts';
import { platformError } from '../../platform/platform-error.ts';
import { answerEcs } from './answer-ecs.ts';
import { answerHook } from './answer-hook.ts';
import { answerHttp } from './answer-http.ts';
import { answerPipeline } from './answer-pipeline.ts';
import { answerPlain } from './answer-plain.ts';
import type { Answers } from './answers.ts';
import type { Call } from './call.ts';
import { readCall } from './read-call.ts';

/** What every caller's answer is made with. */
export interface Desk {
  /** The name of the job. */
  readonly job: string;
  /** One run of the job. Never rejects. */
  readonly run: LambdaRunner;
  readonly answers: Answers;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The function as its callers see it: whatever the event is, and however the run ends, whoever asked is answered in his own words. Only a run that
 * Lambda should repeat is thrown.
 */
export function answerCaller(desk: Desk): (event: unknown, context: LambdaContext) => Promise<unknown> {
  return async (event, context) => {
    try {
      return await answer(readCall(event), context, desk);
    } catch (error) {
      desk.log.error('caller could not be answered', { error });
      // Clients hang whole requests on their errors, and Lambda shows all that hangs on one.
      throw platformError(error);
    }
  };
}

async function answer(call: Call, context: LambdaContext, desk: Desk): Promise<unknown> {
  const { caller } = call;
  switch (caller.kind) {
    case 'code-pipeline':
      return answerPipeline({ ...call, caller }, context, desk);
    case 'code-deploy':
      return answerHook({ ...call, caller }, context, desk);
    case 'ecs':
      return answerEcs({ ...call, caller }, context, desk);
    case 'flagger':
    case 'argo':
    case 'stray-http':
      return answerHttp(call, context, desk);
    case 'plain':
      return answerPlain(call, context, desk);
    default:
      return caller satisfies never;
  }
}
