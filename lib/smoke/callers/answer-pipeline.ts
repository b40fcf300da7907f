import type { JobResult } from '../../pipelines/codepipeline/job-result.ts';
import type { LambdaContext } from '../../platform/lambda-runner.ts';
import type { Desk } from './answer-caller.ts';
import { answerOnce } from './answer-once.ts';
import { askInSteps, placeOf, withReserve } from './ask.ts';
import type { Call, Caller } from './call.ts';
import { openJournal } from './open-journal.ts';
import { pipelineAnswer } from './pipeline-answer.ts';

/** For sending the result, repeated attempts included. */
const RESERVE_MS = 8_000;

export type PipelineCall = Call & { readonly caller: Extract<Caller, { kind: 'code-pipeline' }> };

/**
 * Answers a job of CodePipeline, once. @returns what Lambda shows; the pipeline hears of it by the result that was put
 * @throws when the result could not be put, so that Lambda delivers the event again: the answer is not worked out a second time then
 */
export async function answerPipeline(received: PipelineCall, context: LambdaContext, desk: Desk): Promise<unknown> {
  const { jobId } = received.caller;
  const { call, checkpoint } = placeOf(received, desk);
  const { job, answers, clock, log } = desk;
  const remainingMs = (): number => context.getRemainingTimeInMillis() - 500;
  const answered = await answerOnce<JobResult>(
    {
      job,
      key: jobId,
      round: checkpoint.round,
      holder: context.awsRequestId ?? checkpoint.runId,
      holdMs: context.getRemainingTimeInMillis(),
      answer: async () => {
        const { standing, token } = await askInSteps(call, { checkpoint, context: withReserve(context, RESERVE_MS) }, desk);
        return pipelineAnswer(standing, token);
      },
      send: (result) => answers.putJob(jobId, result, { remainingMs }),
      read: (text) => JSON.parse(text) as JobResult,
    },
    { journal: await openJournal(desk), clock, log },
  );
  return { jobId, answered };
}
