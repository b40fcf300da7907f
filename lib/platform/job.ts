import type { Notifier } from '../notify/notifier.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Deadline, deadlineIn } from './deadline.ts';
import { messageOf } from './errors.ts';
import { hardStop } from './hard-stop.ts';
import type { Environment, JobDefinition, Outcome, Progress, RunContext } from './job-definition.ts';
import { type Log, silentLog } from './log.ts';
import { logWith } from './log-with.ts';
import { type MetricsSink, noMetrics } from './metrics-sink.ts';
import type { ParameterSource } from './parameters.ts';
import { parseEvent } from './parse-event.ts';
import { processParameters } from './process-parameters.ts';
import type { Report } from './report.ts';
import { failedReport, tellOfFailure } from './run-failure.ts';
import { newRunId } from './run-id.ts';
import { recordRun } from './run-record.ts';

export type { Environment, JobDefinition, Outcome, Progress, RunContext } from './job-definition.ts';

/** Everything has a default, so that `job.run({})` is a whole run; tests and the CLI replace what they own. */
export interface RunOptions<Config> {
  /** Given, the environment is not read. */
  readonly config?: Config;
  readonly env?: Environment;
  readonly parameters?: ParameterSource;
  readonly clock?: Clock;
  /** Time for the work, in milliseconds; without end unless told. */
  readonly budgetMs?: number;
  /** After the budget, how long work that ignores its deadline is waited for; 5 seconds unless told. */
  readonly graceMs?: number;
  /** Ends the run early: Ctrl-C. */
  readonly signal?: AbortSignal;
  readonly log?: Log;
  readonly metrics?: MetricsSink;
  readonly progress?: Progress;
  /** Whom to tell of a failed run. A function is called only when there is something to tell, so that a quiet run loads no channel. */
  readonly notify?: Notifier | (() => Promise<Notifier | undefined>);
  /** 5 seconds unless told. */
  readonly notifyTimeoutMs?: number;
  readonly runId?: string;
  /** Print the decision and change nothing, whatever the event says. */
  readonly dryRun?: boolean;
}

/** How a run ended: its report, and what it threw if it threw. */
export interface RunResult {
  readonly report: Report;
  readonly error?: unknown;
}

export interface Job<Config> {
  readonly name: string;
  readonly summary: string;
  /**
   * One run. Resolves with its report, also when the report's status is `failed`. Throws what kept the run from having a report of its own
   * (BadInputError: the event or the configuration; DeadlineError: the budget; whatever an adapter threw), after it was logged, counted and notified.
   */
  run(event: unknown, options?: RunOptions<Config>): Promise<Report>;
  /** The same run, for callers that need the report of a failure: never rejects. */
  attempt(event: unknown, options?: RunOptions<Config>): Promise<RunResult>;
}

export function defineJob<Event, Config, World, Observation, Decision>(
  definition: JobDefinition<Event, Config, World, Observation, Decision>,
): Job<Config> {
  const { name, summary } = definition;
  const attempt: Job<Config>['attempt'] = (event, options = {}) => runJob(definition, event, options);
  const run: Job<Config>['run'] = async (event, options) => {
    const result = await attempt(event, options);
    if ('error' in result) throw result.error;
    return result.report;
  };
  return { name, summary, run, attempt };
}

async function runJob<Event, Config, World, Observation, Decision>(
  definition: JobDefinition<Event, Config, World, Observation, Decision>,
  rawEvent: unknown,
  options: RunOptions<Config>,
): Promise<RunResult> {
  const started = (options.clock ?? systemClock).now();
  let context = runContext(definition.name, options);
  let dryRun = options.dryRun ?? false;
  let result: RunResult;
  try {
    const event = parseEvent(definition.name, definition.event, rawEvent);
    dryRun ||= (definition.isDryRun ?? asksForDryRun)(event);
    const runId = options.runId ?? definition.runIdOf?.(event);
    if (runId !== undefined) context = runContext(definition.name, { ...options, runId });
    const outcome = await withinBudget(carryOut(definition, event, { context, options, dryRun }), options);
    result = { report: { job: definition.name, runId: context.runId, ...outcome } };
  } catch (error) {
    result = { report: failedReport({ job: definition.name, runId: context.runId }, error), error };
  }
  recordRun(result, { context, dryRun, durationMs: context.clock.now() - started });
  if (result.report.status === 'failed') await tellOfFailure(result, options, context.log);
  return result;
}

function withinBudget<T>(work: Promise<T>, { budgetMs, graceMs = 5_000 }: Pick<RunOptions<unknown>, 'budgetMs' | 'graceMs'>): Promise<T> {
  return budgetMs === undefined ? work : hardStop(work, budgetMs + graceMs);
}

/** Observe, decide, act-and-report. */
async function carryOut<Event, Config, World, Observation, Decision>(
  definition: JobDefinition<Event, Config, World, Observation, Decision>,
  event: Event,
  run: { readonly context: RunContext; readonly options: RunOptions<Config>; readonly dryRun: boolean },
): Promise<Outcome> {
  const { context, options } = run;
  const config = options.config ?? (await definition.config(options.env ?? process.env, options.parameters ?? processParameters));
  const world = await definition.compose(config, context);
  try {
    const observation = await definition.observe(event, world, context);
    const decision = definition.decide(observation, event, context.clock.now());
    return run.dryRun ? definition.preview(decision, event) : await definition.act(decision, world, context, event);
  } finally {
    await closeQuietly(definition, world, context.log);
  }
}

/** What the run achieved stands, whether or not its connections could be closed. */
async function closeQuietly<World>(
  definition: { readonly close?: (world: World) => void | Promise<void> },
  world: World,
  log: Log,
): Promise<void> {
  try {
    await definition.close?.(world);
  } catch (error) {
    log.warn('run could not be closed cleanly', { reason: messageOf(error) });
  }
}

function runContext<Config>(job: string, options: RunOptions<Config>): RunContext {
  const clock = options.clock ?? systemClock;
  const runId = options.runId ?? newRunId(clock.now());
  return {
    runId,
    clock,
    deadline: stoppable(deadlineIn(options.budgetMs ?? Number.POSITIVE_INFINITY, clock), options.signal),
    log: logWith(options.log ?? silentLog, { job, runId }),
    metrics: options.metrics ?? noMetrics,
    progress: options.progress ?? (() => {}),
  };
}

function stoppable(deadline: Deadline, signal: AbortSignal | undefined): Deadline {
  if (!signal) return deadline;
  return {
    signal: AbortSignal.any([deadline.signal, signal]),
    remainingMs: () => (signal.aborted ? 0 : deadline.remainingMs()),
    expired: () => signal.aborted || deadline.expired(),
  };
}

function asksForDryRun(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'dryRun' in event && event.dryRun === true;
}
