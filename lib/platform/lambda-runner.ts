import { failureNotifier } from '../notify/failure-notifier.ts';
import { systemClock } from './clock.ts';
import { LOG_LEVEL_VARIABLE, STAGE_VARIABLE } from './environment-names.ts';
import type { Environment, Job, RunOptions, RunResult } from './job.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { logWith } from './log-with.ts';
import { createLog } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { processParameters } from './process-parameters.ts';

/** What we ask of Lambda's context object. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
}

export type LambdaRunner = (event: unknown, context: LambdaContext) => Promise<RunResult>;

const LONGEST_RESERVE_MS = 10_000;
const LONGEST_NOTIFICATION_MS = 10_000;

/**
 * Runs of a job with what Lambda gives: its log, its metrics, its channel for failures, and the time that is left minus a reserve for reporting:
 * 10 s, or 20 % when that is shorter. Never rejects.
 * @param options replace parts in tests
 */
export function lambdaRunner<Config>(job: Job<Config>, options: RunOptions<Config> = {}): LambdaRunner {
  const env = options.env ?? process.env;
  const log = options.log ?? createLog({ job: job.name, level: logLevel(env) });
  const metrics = options.metrics ?? createMetrics({ job: job.name, stage: env[STAGE_VARIABLE] || 'none' }, log);
  const parameters = options.parameters ?? processParameters;
  const notify = options.notify ?? (() => failureNotifier(env, { parameters, clock: options.clock ?? systemClock }));
  return async (event, context) => {
    const availableMs = context.getRemainingTimeInMillis();
    const reserveMs = Math.min(LONGEST_RESERVE_MS, availableMs * 0.2);
    return job.attempt(event, {
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
  };
}

function logLevel(env: Environment): LogLevel {
  const asked = env[LOG_LEVEL_VARIABLE]?.toLowerCase();
  return LOG_LEVELS.find((level) => level === asked) ?? 'info';
}
