import type { HookStatus } from '../../pipelines/codedeploy/hook-result.ts';
import type { LambdaContext } from '../../platform/lambda-runner.ts';
import type { Desk } from './answer-caller.ts';
import { answerOnce } from './answer-once.ts';
import { askOnce, withReserve } from './ask.ts';
import type { Call, Caller } from './call.ts';
import { openJournal } from './open-journal.ts';

/** For sending the status, repeated attempts included. */
const RESERVE_MS = 8_000;

export type HookCall = Call & { readonly caller: Extract<Caller, { kind: 'code-deploy' }> };

/** Answers a lifecycle hook of CodeDeploy, once. It knows no "in progress": whatever is not proved when the time is over has failed. */
export async function answerHook(call: HookCall, context: LambdaContext, desk: Desk): Promise<unknown> {
  const { deploymentId, executionId } = call.caller;
  const { job, answers, clock, log } = desk;
  const remainingMs = (): number => context.getRemainingTimeInMillis() - 500;
  const answered = await answerOnce<HookStatus>(
    {
      job,
      key: executionId,
      round: 0,
      holder: context.awsRequestId ?? executionId,
      holdMs: context.getRemainingTimeInMillis(),
      answer: async () => ((await askOnce(call, withReserve(context, RESERVE_MS), desk)).kind === 'passed' ? 'Succeeded' : 'Failed'),
      send: (status) => answers.putHook({ deploymentId, executionId }, status, { remainingMs }),
      read: (text) => (JSON.parse(text) === 'Succeeded' ? 'Succeeded' : 'Failed'),
    },
    { journal: await openJournal(desk), clock, log },
  );
  return { deploymentId, answered };
}
