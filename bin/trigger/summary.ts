import { appendStepSummary } from '../../lib/pipelines/github/step-summary.ts';
import type { CommandContext } from '../context.ts';

export interface SummaryRow {
  readonly what: string;
  readonly outcome: string;
  readonly url: string | undefined;
}

/** Adds a line to the summary of the GitHub Actions step that the command runs in. */
export async function summarise({ what, outcome, url }: SummaryRow, { io, output }: CommandContext): Promise<void> {
  const name = url === undefined ? escaped(what) : `[${escaped(what)}](${url})`;
  const written = await appendStepSummary(`**${name}**: ${escaped(outcome)}`, io.env);
  if (!written) output.warn('no summary was written: GITHUB_STEP_SUMMARY names no file, or the summary is full');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');
}
