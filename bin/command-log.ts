import { type Log, silentLog } from '../lib/platform/log.ts';
import type { Io } from './io.ts';
import { writableOf } from './writable.ts';

/**
 * The log of a command, on standard error. Only with --verbose: what a person needs to know is in the report and the warnings,
 * and the logger is not loaded for nothing.
 */
export async function commandLog(io: Pick<Io, 'stderr'>, options: { readonly job: string; readonly verbose: boolean }): Promise<Log> {
  if (!options.verbose) return silentLog;
  const { createLog } = await import('../lib/platform/logger.ts');
  return createLog({ job: options.job, level: 'debug', stream: writableOf(io.stderr) });
}
