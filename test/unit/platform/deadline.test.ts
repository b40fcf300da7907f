import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/platform/clock.ts';
import { deadlineIn } from '../../../lib/platform/deadline.ts';
import { DeadlineError } from '../../../lib/platform/errors.ts';
import { steppingClock } from '../../support/recorders.ts';

describe('deadlineIn', () => {
  it('counts down by its clock and never below zero', () => {
    const clock = steppingClock(1_000);
    const deadline = deadlineIn(500, clock);

    clock.advance(200);
    const left = [deadline.remainingMs(), deadline.expired()];
    clock.advance(400);

    expect(left).toEqual([300, false]);
    expect([deadline.remainingMs(), deadline.expired()]).toEqual([0, true]);
  });

  it('aborts its signal with a typed reason when the budget ends', async () => {
    const { signal } = deadlineIn(5, systemClock);

    await new Promise((resolve) => signal.addEventListener('abort', resolve));

    expect(signal.reason).toBeInstanceOf(DeadlineError);
    expect(signal.reason).toMatchObject({ code: 'deadline', retryable: true, hint: expect.stringContaining('next run') });
  });

  it('does not end at once when the budget is longer than Node can time', async () => {
    const deadline = deadlineIn(30 * 86_400_000, systemClock);

    await systemClock.sleep(10);

    expect(deadline.expired()).toBe(false);
  });

  it('never ends without a budget', () => {
    const clock = steppingClock(0);
    const deadline = deadlineIn(Number.POSITIVE_INFINITY, clock);

    clock.advance(1e12);

    expect([deadline.expired(), deadline.remainingMs()]).toEqual([false, Number.POSITIVE_INFINITY]);
  });
});
