import type { Log, LogFields } from './log.ts';

/** A log that adds `fields` to every line; the line's own fields win. */
export function logWith(log: Log, fields: LogFields): Log {
  return {
    ...(log.writesDebug !== undefined && { writesDebug: log.writesDebug }),
    debug: (message, more) => log.debug(message, { ...fields, ...more }),
    info: (message, more) => log.info(message, { ...fields, ...more }),
    warn: (message, more) => log.warn(message, { ...fields, ...more }),
    error: (message, more) => log.error(message, { ...fields, ...more }),
  };
}
