import { once } from 'node:events';
import type { StoryBundles } from '../../sandbox/story.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { writableOf } from '../writable.ts';

/**
 * The story of one night and the day after it, told on standard output, or on standard error when that is for a document.
 * @param bundles the packaged functions, found beside the program unless told
 */
export async function tell({ io, output }: CommandContext, bundles?: Partial<StoryBundles>): Promise<ExitCode> {
  const { runStory } = await import('../../sandbox/story.ts');
  const story = runStory({ ...(bundles !== undefined && { bundles }), out: writableOf(output.format === 'text' ? io.stdout : io.stderr) });
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
