import type { Report } from '../lib/platform/report.ts';
import type { CommandContext } from './context.ts';
import { ExitCode } from './exit-codes.ts';
import { planTable } from './plan-view.ts';
import { planFailures, planWarnings } from './plan-warnings.ts';
import { terminalOf } from './terminal.ts';

export interface ReportViewOptions {
  /** Whether the table is part of the text; otherwise only the summary line. */
  readonly table: boolean;
  readonly all?: boolean;
}

/** Prints a finished run and says with which exit code the command ends. */
export async function finish({ io, output }: CommandContext, report: Report, options: ReportViewOptions): Promise<ExitCode> {
  for (const line of planWarnings(report.items)) output.warn(line);
  for (const line of planFailures(report.items)) output.error(line);
  if (io.signal.aborted) output.warn('the command was interrupted; what was done stays');
  const table = options.table ? planTable(report.items, { terminal: terminalOf(io.stdout, io.env), all: options.all ?? false }) : '';
  await output.result(report, () => [table, lastLine(report)].filter((part) => part !== '').join('\n\n'));
  if (isDone(report)) return ExitCode.done;
  return wasRefused(report) ? ExitCode.refused : ExitCode.failed;
}

/** Nothing was changed because it would not have been safe, and nothing else went wrong. */
function wasRefused({ items, counts, remaining }: Report): boolean {
  const failed = items.filter(({ action }) => action === 'failed');
  return failed.length > 0 && failed.every(({ code }) => code === 'refused') && (counts.changed ?? 0) === 0 && remaining === 0;
}

/** A run that its time budget or Ctrl-C ended has not done its job, however well it went so far. */
function isDone({ status, counts, remaining }: Report): boolean {
  return status !== 'failed' && (counts.failed ?? 0) === 0 && remaining === 0;
}

function lastLine({ summary, remaining, runId }: Report): string {
  const left = remaining > 0 ? ' (run the command again to go on)' : '';
  return `${summary}${left} [run ${runId}]`;
}
