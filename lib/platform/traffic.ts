import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log } from './log.ts';

const current = new AsyncLocalStorage<Log>();

/**
 * Does `work` so that adapters which outlive a run (AWS clients are kept by warm functions) tell the log of the run that uses them of their
 * traffic. Where debug lines are not written it is `work` and nothing else.
 */
export function tellingTraffic<T>(log: Log, work: () => Promise<T>): Promise<T> {
  return log.writesDebug ? current.run(log, work) : work();
}

/** The log that wants to hear of traffic, if any does. */
export function trafficLog(): Log | undefined {
  return current.getStore();
}
