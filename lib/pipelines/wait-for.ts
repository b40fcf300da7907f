import type { Clock } from '../platform/clock.ts';
import type { Deadline } from '../platform/deadline.ts';
import { BadAnswerError, RateLimitError, UnreachableError } from './errors.ts';
import type { Patience } from './patience.ts';

export interface WaitOptions<S> {
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** Ends the wait with its reason; what runs there goes on. */
  readonly signal?: AbortSignal | undefined;
  readonly isOver: (state: S) => boolean;
  /** Milliseconds to the next look. */
  readonly intervalMs: (state: S | undefined, looks: number) => number;
  readonly onLook?: ((state: S) => void | Promise<void>) | undefined;
  /** A look that failed as looks do while a server restarts; the wait goes on. */
  readonly onTrouble?: ((error: Error) => void) | undefined;
}

/** `over: false` is a wait that the deadline ended; what was seen last is in `state`. */
export type Waited<S> = { readonly over: true; readonly state: S } | { readonly over: false; readonly state: S | undefined };

/**
 * Looks until it is over or the deadline comes. A server that restarts meanwhile is waited for like everything else; an error that
 * waiting does not mend is thrown.
 */
export async function waitFor<S>(look: (patience: Patience) => Promise<S>, options: WaitOptions<S>): Promise<Waited<S>> {
  const { clock, deadline, signal } = options;
  const patience: Patience = {
    signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
    remainingMs: () => deadline.remainingMs(),
  };
  let state: S | undefined;
  for (let looks = 1; ; looks++) {
    try {
      signal?.throwIfAborted();
      state = await look(patience);
      await options.onLook?.(state);
      if (options.isOver(state)) return { over: true, state };
      await clock.sleep(Math.min(options.intervalMs(state, looks), deadline.remainingMs()), patience.signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!deadline.expired()) await pause(error, looks, options, patience);
    }
    if (deadline.expired()) return { over: false, state };
  }
}

async function pause<S>(error: unknown, looks: number, options: WaitOptions<S>, patience: Patience): Promise<void> {
  const passing = error instanceof UnreachableError || error instanceof BadAnswerError || error instanceof RateLimitError;
  if (!passing || !error.retryable) throw error;
  options.onTrouble?.(error);
  const asked = error instanceof RateLimitError ? error.retryAfterMs : 0;
  const ms = Math.min(Math.max(asked, options.intervalMs(undefined, looks)), options.deadline.remainingMs());
  await options.clock.sleep(ms, patience.signal).catch((reason: unknown) => {
    if (!options.deadline.expired()) throw reason;
  });
}
