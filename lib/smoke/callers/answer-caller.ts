import type { Clock } from '../../platform/clock.ts';
import type { LambdaContext, LambdaRunner } from '../../platform/lambda-runner.ts';
import type { Log } from '../../platform/log.ts';
import { answerEcs } from './answer-ecs.ts';
import { answerHook } from './answer-hook.ts';
import { answerHttp } from './answer-http.ts';
import { answerPipeline } from './answer-pipeline.ts';
import { answerPlain } from './answer-plain.ts';
import type { Answers } from './answers.ts';
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
    const call = readCall(event);
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
  };
}
