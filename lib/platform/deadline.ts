import type { Clock } from './clock.ts';
import { DeadlineError } from './errors.ts';
import { LONGEST_TIMER_MS } from './hard-stop.ts';

/** One time budget for a whole run; it flows into every attempt so that nothing outlives it. */
export interface Deadline {
  /** Aborts, with a {@link DeadlineError} as its reason, when the budget ends. */
  readonly signal: AbortSignal;
  remainingMs(): number;
  expired(): boolean;
}

/** @param budgetMs milliseconds from now; the timer behind it never keeps the process alive. */
export function deadlineIn(budgetMs: number, clock: Clock): Deadline {
  const end = clock.now() + budgetMs;
  const controller = new AbortController();
  const expire = () =>
    controller.abort(
      new DeadlineError('the run stopped: its time budget ended', { hint: 'the next run continues where this one stopped' }),
    );
  // Node fires a longer timer at once. Such a budget is one that nobody meant to reach.
  if (budgetMs <= LONGEST_TIMER_MS) setTimeout(expire, Math.max(0, budgetMs)).unref();
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, end - clock.now()),
    expired: () => controller.signal.aborted || clock.now() >= end,
  };
}
