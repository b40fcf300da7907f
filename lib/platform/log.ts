/** Stable keys of a log line: `job`, `runId`, `cluster`, `namespace`, `workload`, `action`, `reason`, `durationMs`. Everything variable is a field. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What our code asks of a logger: a constant short phrase, and fields. Powertools Logger stands behind it in Lambda and in the CLI. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Whether debug lines are written: where they are not, nobody gathers what the many requests of a run would put into them. */
  readonly writesDebug?: boolean;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
