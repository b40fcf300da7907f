import type { Writable } from 'node:stream';
import { InterruptedError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';

/** The shell's convention for a process that a signal ended: 128 and the number of the signal. */
const SECOND_INTERRUPT_EXIT = 130;

/**
 * `nightshift … | head` closes the pipe early: the reader has what it wanted, so that is no error. What runs goes on unheard: a change is not left
 * half done, and its exit code not lost, because nobody wanted to read its progress. A result that cannot be written, to a full disk, is an error.
 */
export function guardOutput(stdout: Writable, stderr: Writable): void {
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    stderr.write(`error: the result cannot be written to standard output: ${error.code ?? error.message}\n`);
    process.exit(ExitCode.failed);
  });
}

/**
 * Ends the process once everything is said. When a command is over its result stands, and what an adapter left behind after the time budget (an
 * unanswered request, a name that does not resolve) must not hold the shell.
 */
export async function endProcess(exitCode: ExitCode, ...outputs: readonly Writable[]): Promise<never> {
  await Promise.all(outputs.map((output) => flushed(output)));
  process.exit(exitCode);
}

/** An output whose reader went away has nothing left to wait for. */
function flushed(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (output.destroyed || output.writableEnded) resolve();
    else output.write('', () => resolve());
  });
}

/** Aborts at the first Ctrl-C or SIGTERM, so that the run can say what is left; a second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(SECOND_INTERRUPT_EXIT);
    controller.abort(new InterruptedError('the command was interrupted', { hint: 'what was done stays; run the command again to go on' }));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

/**
 * The AWS SDK warns on standard error that versions after the bundled one will want a newer Node. Which SDK is inside is this package's business,
 * and its `engines` says which Node it needs. The variable is the SDK's own; no other warning is touched.
 */
export function quietAwsSdk(env: NodeJS.ProcessEnv): void {
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
