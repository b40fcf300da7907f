import { once } from 'node:events';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { writableOf } from '../writable.ts';

/**
 * The story of one night, told on standard output, or on standard error when that is for a document.
 * @param bundle the packaged function, found beside the program unless told
 */
export async function tell({ io, output }: CommandContext, bundle?: string): Promise<ExitCode> {
  const { runStory } = await import('../../sandbox/story.ts');
  const story = runStory({ ...(bundle !== undefined && { bundle }), out: writableOf(output.format === 'text' ? io.stdout : io.stderr) });
  const holds = (await orInterrupted(story, io.signal)) === 0;
  await output.result({ holds }, () => '');
  return holds ? ExitCode.done : ExitCode.failed;
}

/** The story cannot be stopped half-way; the process that tells it can. */
async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const finished = new AbortController();
  const interrupted = once(signal, 'abort', { signal: finished.signal }).then(
    () => signal.reason,
    () => undefined,
  );
  try {
    signal.throwIfAborted();
    return await Promise.race([work, interrupted.then((reason): Promise<T> => (reason === undefined ? work : Promise.reject(reason)))]);
  } finally {
    finished.abort();
  }
}
