import { createInterface } from 'node:readline';
import { RefusedError } from '../lib/platform/errors.ts';
import type { Io } from './io.ts';

/** Asks one line after the other on standard error, where no result goes. */
export interface Prompt {
  /** @throws RefusedError when Ctrl-C or the end of input is the answer */
  ask(question: string): Promise<string>;
  close(): void;
}

export function createPrompt({ stdin, stderr, signal }: Pick<Io, 'stdin' | 'stderr' | 'signal'>): Prompt {
  const reader = createInterface({ input: stdin, terminal: false });
  // The iterator keeps lines that come before they are asked for: answers may be typed, or piped, ahead.
  const lines = reader[Symbol.asyncIterator]();
  const stop = (): void => reader.close();
  signal.addEventListener('abort', stop);
  return {
    async ask(question) {
      stderr.write(question);
      const { value, done } = signal.aborted ? { value: '', done: true } : await lines.next();
      if (!done && !signal.aborted) return value;
      stderr.write('\n');
      throw new RefusedError('nothing was written: the questions were not answered', {
        hint: 'answer them, or give the answers as flags (add --yes for the defaults)',
      });
    },
    close() {
      signal.removeEventListener('abort', stop);
      reader.close();
    },
  };
}
