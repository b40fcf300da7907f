import { constants } from 'node:os';
import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';

/** A program and its arguments as they may be shown: without secrets. */
export interface ShownCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** As a person would type it, cut where it is long. */
  readonly text: string;
}

/** Why a program has no good end. */
export type ExecFailure =
  | { readonly kind: 'exit'; readonly exitCode: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'not-found' | 'not-permitted' }
  /** The system's own code: E2BIG, EAGAIN, ENOMEM. */
  | { readonly kind: 'not-started'; readonly systemCode: string };

/**
 * A program could not be started, was ended, or ended with an exit code that was not expected. It holds no secret: neither of the arguments and the
 * environment, nor of what the program wrote. `failure` says what to act on; `stderrTail` is the end of what it said, at most 4,000 characters.
 */
export class ExecError extends NightshiftError {
  readonly code = 'exec';
  override readonly retryable: boolean;
  readonly command: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly failure: ExecFailure;
  /** As a shell would report it (a signal is 128 and its number); undefined when there was nothing to report. */
  readonly exitCode: number | undefined;
  readonly stderrTail: string;

  constructor(
    message: string,
    details: ErrorDetails & { readonly command: ShownCommand; readonly failure: ExecFailure; readonly stderrTail?: string },
  ) {
    super(message, details);
    this.command = details.command.text;
    this.program = details.command.program;
    this.args = details.command.args;
    this.failure = details.failure;
    this.exitCode = exitCodeOf(details.failure);
    this.stderrTail = details.stderrTail ?? '';
    this.retryable = details.failure.kind === 'timeout';
  }
}

const SIGNAL_BASE = 128;

function exitCodeOf(failure: ExecFailure): number | undefined {
  switch (failure.kind) {
    case 'exit':
      return failure.exitCode;
    case 'signal':
      return SIGNAL_BASE + constants.signals[failure.signal];
    case 'timeout':
    case 'not-found':
    case 'not-permitted':
    case 'not-started':
      return undefined;
    default:
      return failure satisfies never;
  }
}
