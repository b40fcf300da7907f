import type { Clock } from '../../platform/clock.ts';

/** The time of a whole run. */
export interface TimeBudget {
  /** Epoch milliseconds. */
  readonly deadlineAt: number;
  /** Aborts when the time is up, or when the caller gives up. */
  readonly signal: AbortSignal;
  /** Why the run has to end, once it has to. */
  ended(): 'time' | 'interrupted' | undefined;
  /** Waits for work no longer than a little after the signal, with whose reason it rejects then: some work does not heed it. */
  within<T>(work: Promise<T>): Promise<T>;
  /** Lets go of timers and of the caller's signal. */
  release(): void;
}

/** What a probe gets to end by itself once it is told to; a run overshoots its deadline by no more than twice this. */
const GRACE_MS = 100;

/** @param outer the caller's own signal, as of Ctrl-C */
export function timeBudget(
  deadlineMs: number,
  { clock, outer }: { readonly clock: Clock; readonly outer?: AbortSignal | undefined },
): TimeBudget {
  const deadlineAt = clock.now() + deadlineMs;
  const ending = new AbortController();
  const over = new AbortController();
  let why: 'time' | 'interrupted' | undefined;
  const end = (reason: 'time' | 'interrupted'): void => {
    why ??= reason;
    ending.abort(new Error(reason === 'time' ? 'the time was up' : 'the run was interrupted'));
  };
  const interrupt = (): void => end('interrupted');
  outer?.addEventListener('abort', interrupt, { once: true });
  if (outer?.aborted) interrupt();
  // Both sleeps end early when the run does.
  clock.sleep(deadlineMs, over.signal).then(() => end('time'), ignore);
  /** How to give up what is waited for. Promise.race with one promise for the whole run would keep every answer until its end. */
  const waiting = new Set<(reason: unknown) => void>();
  const giveUp = (): void => {
    for (const reject of waiting) reject(ending.signal.reason);
  };
  const wait = (): void => void clock.sleep(GRACE_MS, over.signal).then(giveUp, ignore);
  if (ending.signal.aborted) wait();
  else ending.signal.addEventListener('abort', wait, { once: true });
  return {
    deadlineAt,
    signal: ending.signal,
    within: (work) =>
      new Promise((resolve, reject) => {
        waiting.add(reject);
        work.then(
          (value) => {
            waiting.delete(reject);
            resolve(value);
          },
          (error: unknown) => {
            waiting.delete(reject);
            reject(error);
          },
        );
      }),
    ended: () => (why === undefined && clock.now() >= deadlineAt ? 'time' : why),
    release() {
      outer?.removeEventListener('abort', interrupt);
      over.abort();
    },
  };
}

function ignore(): void {}
