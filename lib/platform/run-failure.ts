import type { Notification, Notifier } from '../notify/notifier.ts';
import { messageOf, NightshiftError } from './errors.ts';
import { hardStop } from './hard-stop.ts';
import type { Log } from './log.ts';
import { redactText } from './redact.ts';
import type { Report, ReportItem } from './report.ts';
import { timeLimit } from './time-limit.ts';

const LINES_SHOWN = 10;

/** The report of a run that threw before it had one. */
export function failedReport(run: { readonly job: string; readonly runId: string }, error: unknown): Report {
  const reason = redactText(messageOf(error));
  return {
    job: run.job,
    runId: run.runId,
    status: 'failed',
    summary: reason,
    counts: { planned: 0, changed: 0, skipped: 0, failed: 1 },
    items: [
      {
        ref: run.job,
        action: 'failed',
        reason,
        ...(error instanceof NightshiftError && error.hint ? { hint: redactText(error.hint) } : {}),
      },
    ],
    remaining: 0,
  };
}

/** Best effort and bounded: a broken channel is logged and never hides the failure that it should have told of. */
export async function tellOfFailure(
  { report, error }: { readonly report: Report; readonly error?: unknown },
  channel: Notifier | (() => Promise<Notifier | undefined>),
  { log, timeoutMs }: { readonly log: Log; readonly timeoutMs: number },
): Promise<void> {
  const tell = async (): Promise<void> => {
    const notifier = typeof channel === 'function' ? await channel() : channel;
    await notifier?.notify(failureNotification(report, error), timeLimit(timeoutMs));
  };
  try {
    await hardStop(tell(), timeoutMs);
  } catch (failure) {
    log.error('failure notification was not delivered', { error: failure });
  }
}

function failureNotification(report: Report, error: unknown): Notification {
  const failed = report.items.filter((item) => item.action === 'failed' && item.reason !== report.summary);
  const lines = failed.slice(0, LINES_SHOWN).map(lineOf);
  if (failed.length > LINES_SHOWN) lines.push(`and ${failed.length - LINES_SHOWN} more`);
  if (error instanceof NightshiftError && error.hint) lines.push(`What to do: ${error.hint}`);
  return {
    title: `${report.job} failed: ${report.summary}`,
    lines: lines.map(redactText),
    severity: 'critical',
    runId: report.runId,
    job: report.job,
  };
}

/** What failed, why, and what to do, where the item says so. */
function lineOf({ ref, reason, hint }: ReportItem): string {
  return typeof hint === 'string' ? `${ref}: ${reason} (what to do: ${hint})` : `${ref}: ${reason}`;
}
