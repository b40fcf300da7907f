import { messageOf, NightshiftError } from './errors.ts';
import { hardStop } from './hard-stop.ts';
import type { RunContext } from './job-definition.ts';
import type { Report } from './report.ts';
import type { StateStore } from './state-store.ts';
import { timeLimit } from './time-limit.ts';

/** More deliveries of one run than any scheduler makes; then something is wrong and the history is long enough. */
const DELIVERIES_KEPT = 50;

/**
 * Keeps the report of a run as `reports/<run id>.json`. Another run under the same id (a repeated delivery) does not replace it: it is kept as
 * `reports/<run id>.2.json`, and so on.
 * Never fails: the report was logged and is returned, so a history with a gap is worth a warning and no more.
 */
export async function archiveReport(
  report: Report,
  store: StateStore,
  { log, timeoutMs }: Pick<RunContext, 'log'> & { readonly timeoutMs: number },
): Promise<void> {
  try {
    // Its own limit: the budget of the run may be used up, which is when people want to read the report.
    await hardStop(write(report, store, timeLimit(timeoutMs)), timeoutMs);
  } catch (error) {
    log.warn('report could not be stored', {
      location: store.location,
      reason: messageOf(error),
      ...(error instanceof NightshiftError && error.hint !== undefined && { hint: error.hint }),
    });
  }
}

async function write(report: Report, store: StateStore, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify(report);
  for (let n = 1; n <= DELIVERIES_KEPT; n++) {
    const key = `reports/${report.runId}${n === 1 ? '' : `.${n}`}.json`;
    if ((await store.putIfAbsent(key, body, signal)) === 'created') return;
  }
  throw new Error(`there are ${DELIVERIES_KEPT} reports of this run already`);
}
