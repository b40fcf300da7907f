import type * as z from 'zod';
import type { Clock } from './clock.ts';
import type { Deadline } from './deadline.ts';
import type { Log } from './log.ts';
import type { MetricsSink } from './metrics-sink.ts';
import type { ParameterSource } from './parameters.ts';
import type { Report } from './report.ts';
import type { StateStore } from './state-store.ts';

/** Told after each finished piece of long work. */
export type Progress = (done: number, total: number, label: string) => void;

/** What one run has to work with. */
export interface RunContext {
  readonly runId: string;
  /** The variables this run was given; adapters look here and not at `process.env`. */
  readonly env: Environment;
  readonly clock: Clock;
  /** Every call to the outside takes `deadline.signal`; work stops being started when `deadline.expired()`. */
  readonly deadline: Deadline;
  /** Adds `job` and `runId` to every line. */
  readonly log: Log;
  readonly metrics: MetricsSink;
  readonly progress: Progress;
}

/**
 * A report before it is signed with `job` and `runId`. The counts named `planned`, `changed`, `skipped` and `failed` become metrics, and so
 * do `slept`, `woken` and `asleep`, and the `savings`, where a report has them.
 * `failed` means that the run as a whole did not do its job: it is notified and, on Lambda, thrown. One bad object is `degraded`.
 */
export type Outcome = Omit<Report, 'job' | 'runId'>;

/** The variables of a process: `process.env`, or what a test says. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A job in four sentences (parse, observe, decide, act-and-report) and the adapters between them and the world.
 * `defineJob` turns it into what a Lambda handler and the CLI run.
 */
export interface JobDefinition<Event, Config, World, Observation, Decision> {
  /** Kebab-case; the name of the Lambda function, of the log field `job` and of the metric dimension. */
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** A strict schema: unknown fields are errors, `{}` is the default event. */
  readonly event: z.ZodType<Event>;
  /** Read for every run, so that a changed policy parameter is seen by a warm function; `parameters` caches. */
  readonly config: (env: Environment, parameters: ParameterSource) => Config | Promise<Config>;
  /** Builds the adapters of one run. */
  readonly compose: (config: Config, context: RunContext) => World | Promise<World>;
  readonly observe: (event: Event, world: World, context: RunContext) => Promise<Observation>;
  /** Pure. @param now epoch milliseconds */
  readonly decide: (observation: Observation, event: Event, now: number) => Decision;
  /** The report of a dry run: the decision, printed. */
  readonly preview: (decision: Decision, event: Event) => Outcome;
  readonly act: (decision: Decision, world: World, context: RunContext, event: Event) => Promise<Outcome>;
  /** Whether this event asks for a preview only; unless told, its field `dryRun`. */
  readonly isDryRun?: (event: Event) => boolean;
  /** The run id that an event carries, so that a repeated delivery is the same run. */
  readonly runIdOf?: (event: Event) => string | undefined;
  /**
   * Where the report of a finished run is kept, under `reports/`; unless told, nowhere. Dry runs leave no trace. A report that can't be stored
   * is a warning in the log.
   */
  readonly reportsIn?: (world: World) => StateStore | undefined;
  /** Releases what `compose` opened; called once per run, whatever happened. */
  readonly close?: (world: World) => void | Promise<void>;
}
