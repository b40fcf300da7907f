import { BadInputError } from './errors.ts';
import type { Job, RunOptions, RunResult } from './job.ts';
import { type LambdaContext, lambdaRunner } from './lambda-runner.ts';
import { platformError, RunFailedError } from './platform-error.ts';
import type { Report } from './report.ts';
import { ANSWER_BUDGET_BYTES, reportForLog } from './report-for-log.ts';

export type { LambdaContext } from './lambda-runner.ts';

export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<Report>;

/**
 * A job as a Lambda function: `export const handler = lambdaHandler(job)`.
 * @param options replace parts in tests
 */
export function lambdaHandler<Config>(job: Job<Config>, options: RunOptions<Config> = {}): LambdaHandler {
  const run = lambdaRunner(job, options);
  return async (event, context) => answer(await run(event, context));
}

/**
 * What the platform hears. A failure that a retry may cure is thrown, so that retries, the failure destination and the Errors alarm work.
 * Bad input is answered: Lambda would deliver the same event twice more and then drop it, and Scheduler and S3 have no better one. It has been
 * logged, counted as failed without a heartbeat, and notified, which is how people hear of it.
 */
function answer(result: RunResult): Report {
  if ('error' in result && !(result.error instanceof BadInputError)) throw platformError(result.error);
  if (!('error' in result) && result.report.status === 'failed') throw platformError(new RunFailedError(result.report));
  return reportForLog(result.report, ANSWER_BUDGET_BYTES);
}
