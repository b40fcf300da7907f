import { createInterface } from 'node:readline/promises';
import { RefusedError } from '../lib/platform/errors.ts';
import type { Io } from './io.ts';

/**
 * Asks before a change; returns only when a person said yes.
 * @throws RefusedError when there is nobody to ask, or the answer is anything but yes; nothing was changed
 */
export async function confirm(question: string, io: Io): Promise<void> {
  if (!io.stdin.isTTY) {
    throw new RefusedError('nothing was changed: the change was not confirmed, and standard input is not a terminal to ask on', {
      hint: 'add --yes to go ahead, or --dry-run to only look',
    });
  }
  const answer = await ask(`${question} [y/N] `, io);
  if (!/^y(?:es)?$/i.test(answer.trim()))
    throw new RefusedError('nothing was changed: the change was not confirmed', { hint: 'answer y to go ahead' });
}

/** Ctrl-C and the end of input are a no. */
async function ask(question: string, { stdin, stderr, signal }: Io): Promise<string> {
  const lines = createInterface({ input: stdin, terminal: false });
  const stopped = new AbortController();
  lines.once('close', () => stopped.abort());
  try {
    stderr.write(question);
    return await lines.question('', { signal: AbortSignal.any([signal, stopped.signal]) });
  } catch (error) {
    if (!signal.aborted && !stopped.signal.aborted) throw error;
    stderr.write('\n');
    return '';
  } finally {
    lines.close();
  }
}
