import { redactText } from './redact.ts';
import type { Report, ReportItem } from './report.ts';

/**
 * A report whose texts hold no credential. Reports leave the process by more ways than the log (the handler's answer, the state bucket,
 * Step Functions), and their reasons quote what servers and plugins said.
 */
export function cleanReport(report: Report): Report {
  return { ...report, summary: redactText(report.summary), items: report.items.map(cleanItem) };
}

/** The reason and the hint are the texts of an item that are not ours alone; names and numbers are left as they are. */
function cleanItem(item: ReportItem): ReportItem {
  const { reason, hint } = item;
  return { ...item, reason: redactText(reason), ...(typeof hint === 'string' && { hint: redactText(hint) }) };
}
