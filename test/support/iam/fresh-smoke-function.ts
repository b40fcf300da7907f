import { vi } from 'vitest';
import { systemClock } from '../../../lib/platform/clock.ts';
import { noMetrics } from '../../../lib/platform/metrics-sink.ts';
import { recordingStream } from '../recorders.ts';

export interface SmokeInvocation {
  /** What the handler returned. */
  readonly answer?: unknown;
  /** What it threw. */
  readonly error?: Error;
  /** Everything it logged. */
  readonly logged: string;
}

/** @param remainingMs what Lambda says is left of the call; a minute unless told */
export type InvokeSmoke = (event: unknown, remainingMs?: number) => Promise<SmokeInvocation>;

/** The function as a new execution environment of Lambda loads it, with all of its callers: it remembers no cluster, token or parameter of another. */
export async function freshSmokeFunction(env: Readonly<Record<string, string>>): Promise<InvokeSmoke> {
  vi.resetModules();
  const [{ postDeploySmoke }, { createAnswers }, { answerCaller }, { lambdaRunner }, { createLog }, { processParameters }] =
    await Promise.all([
      import('../../../functions/post-deploy-smoke/job.ts'),
      import('../../../functions/post-deploy-smoke/answers.ts'),
      import('../../../lib/smoke/callers/answer-caller.ts'),
      import('../../../lib/platform/lambda-runner.ts'),
      import('../../../lib/platform/logger.ts'),
      import('../../../lib/platform/process-parameters.ts'),
    ]);
  const clock = systemClock;
  return async (event, remainingMs = 60_000) => {
    const { stream, text } = recordingStream();
    const log = createLog({ job: postDeploySmoke.name, level: 'debug', stream });
    const run = lambdaRunner(postDeploySmoke, { env, clock, log, metrics: noMetrics });
    const answers = createAnswers({ env, clock, parameters: processParameters });
    const handler = answerCaller({ job: postDeploySmoke.name, run, answers, clock, log });
    try {
      return { answer: await handler(event, { getRemainingTimeInMillis: () => remainingMs }), logged: text() };
    } catch (error) {
      return { error: error as Error, logged: text() };
    }
  };
}
