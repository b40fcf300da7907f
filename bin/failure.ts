import { CommanderError } from 'commander';
import { BadInputError, messageOf, NightshiftError, RefusedError } from '../lib/platform/errors.ts';
import { redactText } from '../lib/platform/redact.ts';
import { TimeSpecError, UsageError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';

/** An error as people and programs get it. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export const UNEXPECTED = 'unexpected';

export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return usageFailure(error);
  if (error instanceof NightshiftError) {
    const { code, message, hint } = error;
    return { exitCode: exitCodeOf(error), code, message, ...(hint === undefined ? {} : { hint }) };
  }
  // Not one of ours: nobody has seen to it that it holds no credential.
  return {
    exitCode: ExitCode.failed,
    code: UNEXPECTED,
    message: redactText(messageOf(error)),
    hint: 'run again with --verbose to see where it happened',
  };
}

/** Where an unexpected error happened, for those who mend the program. */
export function traceOf(error: unknown): string {
  return redactText((error instanceof Error && error.stack) || messageOf(error));
}

function exitCodeOf(error: NightshiftError): ExitCode {
  if (error instanceof RefusedError) return ExitCode.refused;
  if (error instanceof BadInputError || error instanceof UsageError || error instanceof TimeSpecError) return ExitCode.usage;
  return ExitCode.failed;
}

/** The parser writes `error: what is wrong` and puts its suggestion on a second line, in parentheses. */
function usageFailure(error: CommanderError): Failure {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = rest
    .join(' ')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^Did you mean/, 'did you mean');
  const hint = suggestion || pathHint(first) || 'add --help to see what the command takes';
  return { exitCode: ExitCode.usage, code: 'usage', message: first, hint };
}

/** `-1=c` appends to a list, and looks like an option to the parser. */
function pathHint(message: string): string | undefined {
  const [, index, rest] = /^unknown option '(-\d+)([.[=].*)'$/s.exec(message) ?? [];
  return index === undefined ? undefined : `a path does not begin with a dash: write it as '[${index}]${rest}', or put -- in front of it`;
}
