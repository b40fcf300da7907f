import { Console } from 'node:console';
import type { Writable } from 'node:stream';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogFields, LogLevel } from './log.ts';
import { redact, redactText } from './redact.ts';

export interface LogOptions {
  /** Becomes `service` of every line. */
  readonly job: string;
  /** `info` unless told; Lambda's own log level setting wins when it is stricter. */
  readonly level?: LogLevel;
  /** Where lines go: stdout unless told, which is what Lambda collects. The CLI says stderr, since its stdout is for results. */
  readonly stream?: Writable;
}

/** JSON lines by Powertools Logger. Messages and fields pass through {@link redact}, so no line shows a credential. */
export function createLog({ job, level = 'info', stream = process.stdout }: LogOptions): Log {
  const logger = new Logger({ serviceName: job, logLevel: POWERTOOLS_LEVELS[level] });
  // Powertools sends warnings and errors to stderr and offers no option to choose a stream; its console is the one thing to replace.
  Reflect.set(logger, 'console', new Console({ stdout: stream, stderr: stream }));
  const writesDebug = logger.getLevelName() === 'DEBUG';
  return {
    writesDebug,
    debug: (message, fields) => {
      if (writesDebug) logger.debug(redactText(message), safe(fields));
    },
    info: (message, fields) => logger.info(redactText(message), safe(fields)),
    warn: (message, fields) => logger.warn(redactText(message), safe(fields)),
    error: (message, fields) => logger.error(redactText(message), safe(fields)),
  };
}

const POWERTOOLS_LEVELS = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR', silent: 'SILENT' } as const satisfies Record<
  LogLevel,
  string
>;

/** Names that Powertools keeps to itself: it drops such a field with a warning of its own. */
const RESERVED = new Set(['level', 'message', 'sampling_rate', 'service', 'timestamp']);

function safe(fields: LogFields | undefined): Record<string, unknown> {
  const entries = Object.entries(redact(fields ?? {}) as LogFields);
  return Object.fromEntries(entries.map(([key, value]) => (RESERVED.has(key) ? [`field_${key}`, value] : [key, value])));
}
