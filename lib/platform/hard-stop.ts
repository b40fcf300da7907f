import { DeadlineError } from './errors.ts';

/** What setTimeout can count, in milliseconds: 24 days. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits for `work` no longer than `ms`, then rejects with a DeadlineError. Last resort against an adapter that ignores its signal:
 * a function that Lambda kills reports nothing to anybody.
 */
export async function hardStop<T>(work: Promise<T>, ms: number): Promise<T> {
  if (ms > LONGEST_TIMER_MS) return work;
  let timer: NodeJS.Timeout | undefined;
  const stop = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new DeadlineError('the run was abandoned: something in it went on after its time budget', {
          hint: 'find the call that ignores its deadline in the last log lines of this run; the next run converges again',
        }),
      );
    }, ms);
  });
  try {
    return await Promise.race([work, stop]);
  } finally {
    clearTimeout(timer);
  }
}
