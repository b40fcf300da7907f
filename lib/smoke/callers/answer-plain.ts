import { BadInputError } from '../../platform/errors.ts';
import type { LambdaContext } from '../../platform/lambda-runner.ts';
import type { Report } from '../../platform/report.ts';
import { ANSWER_BUDGET_BYTES, reportForLog } from '../../platform/report-for-log.ts';
import type { Desk } from './answer-caller.ts';
import type { Call } from './call.ts';

/**
 * Answers the console, the CLI, Step Functions, EventBridge with the report. That a check failed is what the run found out, and a run that Lambda
 * repeats would find it again; what kept the run from asking is thrown, so that it is repeated.
 */
export async function answerPlain({ event, problem }: Call, context: LambdaContext, { run }: Desk): Promise<Report> {
  const result = await run(event, context);
  if ('error' in result && !(result.error instanceof BadInputError)) throw result.error;
  const { report } = result;
  return reportForLog(problem === undefined ? report : { ...report, summary: problem }, ANSWER_BUDGET_BYTES);
}
