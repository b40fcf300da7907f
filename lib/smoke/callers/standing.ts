import { DeadlineError, messageOf, NightshiftError } from '../../platform/errors.ts';
import type { RunResult } from '../../platform/job.ts';
import { redactText } from '../../platform/redact.ts';
import type { Report } from '../../platform/report.ts';

/**
 * How the proof stands, in the distinctions that platforms make: `waiting` asks to be called again, `misconfigured` and `denied` will not get
 * better by themselves, `unavailable` may.
 */
export interface Standing {
  readonly kind: 'passed' | 'waiting' | 'failed' | 'misconfigured' | 'denied' | 'unavailable';
  /** One line, free of secrets, never empty. */
  readonly summary: string;
  readonly report: Report;
}

/** Codes of errors that say: these credentials may not. */
const DENIED = new Set(['kubernetes_forbidden', 'kubernetes_unauthorized', 'kubernetes_credentials', 'aws_credentials']);
const MISCONFIGURED = new Set(['bad_input', 'refused', 'kubernetes_invalid']);

export function standingOf({ report, ...thrown }: RunResult): Standing {
  const summary = report.summary || `${report.job} ended without a word`;
  if ('error' in thrown) return { kind: kindOfError(thrown.error), summary: withHint(summary, thrown.error), report };
  if (report.remaining > 0) return { kind: 'waiting', summary, report };
  return { kind: report.status === 'failed' ? 'failed' : 'passed', summary, report };
}

function kindOfError(error: unknown): Standing['kind'] {
  if (!(error instanceof NightshiftError)) return 'unavailable';
  // The next call begins with a whole budget.
  if (error instanceof DeadlineError) return 'waiting';
  if (MISCONFIGURED.has(error.code)) return 'misconfigured';
  return DENIED.has(error.code) || ('kind' in error && error.kind === 'access-denied') ? 'denied' : 'unavailable';
}

function withHint(summary: string, error: unknown): string {
  if (!(error instanceof NightshiftError) || error.hint === undefined) return summary || messageOf(error);
  return `${summary}; ${redactText(error.hint)}`;
}
