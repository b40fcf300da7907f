import { setMaxListeners } from 'node:events';
import type { Notifier } from '../notify/notifier.ts';
import { cleanReport } from './clean-report.ts';
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
import { archiveReport } from './report-archive.ts';
import { failedReport, tellOfFailure } from './run-failure.ts';
import { newRunId } from './run-id.ts';
import { recordRun } from './run-record.ts';
import type { StateStore } from './state-store.ts';
import { tellingTraffic } from './traffic.ts';

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
  /**
   * How long the channel, and the store of the report, may take; 5 seconds unless told. A function is asked when the run has ended, so that it
   * can say what is left then.
   */
  readonly notifyTimeoutMs?: number | (() => number);
  readonly runId?: string;
  /** Print the decision and change nothing, whatever the event says. */
  readonly dryRun?: boolean;
}

/** See {@link RunOptions.graceMs}. */
const DEFAULT_GRACE_MS = 5_000;

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
  let store: StateStore | undefined;
  try {
    const event = parseEvent(definition.name, definition.event, rawEvent);
    dryRun ||= (definition.isDryRun ?? asksForDryRun)(event);
    const runId = options.runId ?? definition.runIdOf?.(event);
    if (runId !== undefined) context = runContext(definition.name, { ...options, runId });
    ({ result, store } = await tellingTraffic(context.log, () =>
      withinBudget(carryOut(definition, event, { context, options, dryRun }), options),
    ));
  } catch (error) {
    result = { report: failedReport({ job: definition.name, runId: context.runId }, error), error };
  }
  recordRun(result, { context, dryRun, durationMs: context.clock.now() - started });
  const { report } = result;
  const { notify, notifyTimeoutMs: limit = 5_000 } = options;
  const telling = { log: context.log, timeoutMs: typeof limit === 'function' ? limit() : limit };
  await Promise.all([
    store && archiveReport(report, store, telling),
    report.status === 'failed' && notify && tellOfFailure(result, notify, telling),
  ]);
  return result;
}

function withinBudget<T>(
  work: Promise<T>,
  { budgetMs, graceMs = DEFAULT_GRACE_MS }: Pick<RunOptions<unknown>, 'budgetMs' | 'graceMs'>,
): Promise<T> {
  return budgetMs === undefined ? work : hardStop(work, budgetMs + graceMs);
}

/** Builds the world, runs in it, and closes it. Throws only when there was no world. */
async function carryOut<Event, Config, World, Observation, Decision>(
  definition: JobDefinition<Event, Config, World, Observation, Decision>,
  event: Event,
  run: { readonly context: RunContext; readonly options: RunOptions<Config>; readonly dryRun: boolean },
): Promise<{ readonly result: RunResult; readonly store: StateStore | undefined }> {
  const { context, options, dryRun } = run;
  const config = options.config ?? (await definition.config(context.env, options.parameters ?? processParameters));
  const world = await definition.compose(config, context);
  try {
    const result = await outcomeOf(definition, context, () => inWorld(definition, event, { world, context, dryRun }));
    return { result, store: dryRun ? undefined : definition.reportsIn?.(world) };
  } finally {
    await closeQuietly(definition, world, context.log);
  }
}

/** Observe, decide, act-and-report. */
async function inWorld<Event, Config, World, Observation, Decision>(
  definition: JobDefinition<Event, Config, World, Observation, Decision>,
  event: Event,
  { world, context, dryRun }: { readonly world: World; readonly context: RunContext; readonly dryRun: boolean },
): Promise<Outcome> {
  const observation = await definition.observe(event, world, context);
  const decision = definition.decide(observation, event, context.clock.now());
  return dryRun ? definition.preview(decision, event) : definition.act(decision, world, context, event);
}

/** Signs the outcome; what was thrown becomes a report as well. */
async function outcomeOf(
  { name: job }: { readonly name: string },
  { runId }: RunContext,
  work: () => Promise<Outcome>,
): Promise<RunResult> {
  try {
    return { report: cleanReport({ job, runId, ...(await work()) }) };
  } catch (error) {
    return { report: failedReport({ job, runId }, error), error };
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
    env: options.env ?? process.env,
    clock,
    deadline: stoppable(deadlineIn(options.budgetMs ?? Number.POSITIVE_INFINITY, clock), options.signal),
    log: logWith(options.log ?? silentLog, { job, runId }),
    metrics: options.metrics ?? noMetrics,
    progress: options.progress ?? (() => {}),
  };
}

function stoppable(deadline: Deadline, signal: AbortSignal | undefined): Deadline {
  if (!signal) return deadline;
  const either = AbortSignal.any([deadline.signal, signal]);
  // Every request in flight listens; Node 20 would take more than ten listeners for a leak and say so on standard error.
  setMaxListeners(0, either);
  return {
    signal: either,
    remainingMs: () => (signal.aborted ? 0 : deadline.remainingMs()),
    expired: () => signal.aborted || deadline.expired(),
  };
}

function asksForDryRun(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'dryRun' in event && event.dryRun === true;
}
