import type { Report, ReportItem } from './report.ts';

/** CloudWatch Logs cuts an event at 256 KB; what the logger adds around the report fits in the rest. */
const BUDGET_BYTES = 190_000;

/** Lambda takes an answer of 6 MB. A longer one is an error, after all the work was done, and a retry. */
export const ANSWER_BUDGET_BYTES = 5_500_000;

/** A report whose items were cut to what one log line takes; `itemsOmitted` says how many are missing. */
export type LoggedReport = Report & { readonly itemsOmitted?: number };

/** The report as it is, or with as many items as fit. Failed items come first then: they are what the line is read for. */
export function reportForLog(report: Report, budgetBytes: number = BUDGET_BYTES): LoggedReport {
  if (bytesOf(report) <= budgetBytes) return report;
  const failed = report.items.filter(isFailed);
  const candidates = [...failed, ...report.items.filter((item) => !isFailed(item))];
  const items = fitting(candidates, budgetBytes - bytesOf({ ...report, items: [], itemsOmitted: report.items.length }));
  return { ...report, items, itemsOmitted: report.items.length - items.length };
}

function fitting(candidates: readonly ReportItem[], budgetBytes: number): ReportItem[] {
  let left = budgetBytes;
  const kept: ReportItem[] = [];
  for (const item of candidates) {
    const size = bytesOf(item) + 1;
    if (size > left) continue;
    left -= size;
    kept.push(item);
  }
  return kept;
}

function isFailed(item: ReportItem): boolean {
  return item.action === 'failed';
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
