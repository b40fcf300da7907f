import { LONGEST_TIMER_MS } from '../platform/hard-stop.ts';

/** Why a signal has aborted: the program's own time was over. Never thrown. */
export class TimeIsUp {
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }
}

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Aborts it with an error of our own side; the first one counts. */
  readonly fail: (error: unknown) => void;
  readonly failure: () => { readonly error: unknown } | undefined;
  /** Stops the clock. */
  readonly release: () => void;
}

/** Aborts at whatever comes first: the timeout (with {@link TimeIsUp}), the caller's signal (with its reason), an error on our side. */
export function stopSignal({ timeoutMs, signal }: { readonly timeoutMs?: number; readonly signal?: AbortSignal }): StopSignal {
  const own = new AbortController();
  let failure: { readonly error: unknown } | undefined;
  const limit = timeoutMs === undefined || timeoutMs > LONGEST_TIMER_MS ? undefined : Math.max(0, timeoutMs);
  const timer = limit === undefined ? undefined : setTimeout(() => own.abort(new TimeIsUp(limit)), limit);
  return {
    signal: signal ? AbortSignal.any([own.signal, signal]) : own.signal,
    fail: (error) => {
      failure ??= { error };
      own.abort(error);
    },
    failure: () => failure,
    release: () => clearTimeout(timer),
  };
}
