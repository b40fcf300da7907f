import type { Clock } from './clock.ts';
import { DeadlineError } from './errors.ts';

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
  if (Number.isFinite(budgetMs)) setTimeout(expire, Math.max(0, budgetMs)).unref();
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, end - clock.now()),
    expired: () => controller.signal.aborted || clock.now() >= end,
  };
}
