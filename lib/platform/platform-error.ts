import { messageOf, NightshiftError } from './errors.ts';
import { readableStack } from './readable-stack.ts';
import { redactText } from './redact.ts';
import type { Report } from './report.ts';

/** Thrown to Lambda when a run ended with a report of status `failed`; the report is in the log, under the run id that the message names. */
export class RunFailedError extends NightshiftError {
  readonly code = 'run_failed';
  override readonly retryable = true;

  constructor({ job, runId, summary }: Pick<Report, 'job' | 'runId' | 'summary'>) {
    super(redactText(`${job} failed: ${summary} (run ${runId})`));
  }
}

/**
 * The error that Lambda may see instead of the one thrown: same name (Step Functions match on it), clean text, and neither cause nor fields,
 * because the runtime logs and returns all that hangs on an error, and clients hang whole requests with their headers there.
 */
export function platformError(error: unknown): Error {
  const clean = new Error(redactText(messageOf(error)));
  if (!(error instanceof Error)) return clean;
  clean.name = error.name;
  if (error.stack !== undefined) clean.stack = redactText(readableStack(error.stack));
  return clean;
}
