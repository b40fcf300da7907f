import type { Outcome } from '../../lib/pipelines/outcome.ts';
import type { Waited } from '../../lib/pipelines/wait-for.ts';
import { messageOf } from '../../lib/platform/errors.ts';
import type { CommandContext } from '../context.ts';
import { InterruptedError } from '../errors.ts';

export interface Followed<S> {
  readonly wait: (signal: AbortSignal) => Promise<Waited<S>>;
  /** Stops what was started; gets no signal, since that has fired already. */
  readonly cancel: () => Promise<unknown>;
  readonly cancelOnInterrupt: boolean;
  /** What was started, as in `shop/deploy #5`. */
  readonly name: () => string;
}

/**
 * Waits, and on Ctrl-C says what becomes of that which was started.
 * @throws InterruptedError at Ctrl-C
 */
export async function follow<S>(
  { io, output }: CommandContext,
  { wait, cancel, cancelOnInterrupt, name }: Followed<S>,
): Promise<Waited<S>> {
  try {
    return await wait(io.signal);
  } catch (error) {
    if (!io.signal.aborted) throw error;
    if (!cancelOnInterrupt) {
      throw new InterruptedError(`the wait was interrupted: ${name()} goes on`, {
        hint: 'with --cancel-on-interrupt Ctrl-C stops it as well',
      });
    }
    output.note(`stopping ${name()}`);
    await cancel().catch((failure: unknown) => {
      throw new InterruptedError(`the wait was interrupted, and ${name()} could not be stopped: ${messageOf(failure)}`, {
        hint: 'stop it by hand',
      });
    });
    throw new InterruptedError(`the wait was interrupted: ${name()} was told to stop`);
  }
}

/** Lines that tell a change, once each. */
export function onChange(tell: (line: string) => void): (line: string) => void {
  let last = '';
  return (line) => {
    if (line !== last) tell(line);
    last = line;
  };
}

export function isSuccess(outcome: Outcome, { unstableOk = false }: { readonly unstableOk?: boolean } = {}): boolean {
  return outcome === 'success' || (outcome === 'unstable' && unstableOk);
}
