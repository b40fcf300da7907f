import type { Writable } from 'node:stream';
import { InterruptedError } from './errors.ts';

/** The shell's convention for a process that a signal ended: 128 and the number of the signal. */
const SECOND_INTERRUPT_EXIT = 130;

/** `nightshift … | head` closes the pipe early: the reader has what it wanted, so that is no error. */
export function quietOnClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
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
