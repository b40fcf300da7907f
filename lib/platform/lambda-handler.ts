import { failureNotifier } from '../notify/failure-notifier.ts';
import { systemClock } from './clock.ts';
import { LOG_LEVEL_VARIABLE, STAGE_VARIABLE } from './environment-names.ts';
import { BadInputError } from './errors.ts';
import type { Environment, Job, RunOptions, RunResult } from './job.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { logWith } from './log-with.ts';
import { createLog } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { platformError, RunFailedError } from './platform-error.ts';
import { processParameters } from './process-parameters.ts';
import type { Report } from './report.ts';
import { reportForLog } from './report-for-log.ts';

/** What we ask of Lambda's context object. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
}

export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<Report>;

const LONGEST_RESERVE_MS = 10_000;
const LONGEST_NOTIFICATION_MS = 10_000;
/** Lambda takes an answer of 6 MB. A longer one is an error, after all the work was done, and a retry. */
const ANSWER_BUDGET_BYTES = 5_500_000;

/**
 * A job as a Lambda function: `export const handler = lambdaHandler(job)`.
 * The run gets the time that is left minus a reserve for reporting: 10 s, or 20 % when that is shorter.
 * @param options replace parts in tests
 */
export function lambdaHandler<Config>(job: Job<Config>, options: RunOptions<Config> = {}): LambdaHandler {
  const env = options.env ?? process.env;
  const log = options.log ?? createLog({ job: job.name, level: logLevel(env) });
  const metrics = options.metrics ?? createMetrics({ job: job.name, stage: env[STAGE_VARIABLE] || 'none' }, log);
  const parameters = options.parameters ?? processParameters;
  const notify = options.notify ?? (() => failureNotifier(env, { parameters, clock: options.clock ?? systemClock }));
  return async (event, context) => {
    const availableMs = context.getRemainingTimeInMillis();
    const reserveMs = Math.min(LONGEST_RESERVE_MS, availableMs * 0.2);
    const result = await job.attempt(event, {
      ...options,
      parameters,
      metrics,
      notify,
      log: context.awsRequestId === undefined ? log : logWith(log, { requestId: context.awsRequestId }),
      budgetMs: availableMs - reserveMs,
      graceMs: reserveMs * 0.3,
      // A run that ended early has more time to tell of it than the reserve.
      notifyTimeoutMs: () => Math.min(LONGEST_NOTIFICATION_MS, context.getRemainingTimeInMillis() - reserveMs * 0.3),
    });
    return answer(result);
  };
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

function logLevel(env: Environment): LogLevel {
  const asked = env[LOG_LEVEL_VARIABLE]?.toLowerCase();
  return LOG_LEVELS.find((level) => level === asked) ?? 'info';
}
