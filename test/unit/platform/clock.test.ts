import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/platform/clock.ts';

describe('systemClock', () => {
  it('tells the time of day in epoch milliseconds', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
  });

  it('sleeps for as long as it is told', async () => {
    const started = performance.now();

    await systemClock.sleep(15);

    expect(performance.now() - started).toBeGreaterThanOrEqual(13);
  });

  it('wakes up with the reason of a signal that aborts meanwhile', async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(60_000, controller.signal);

    controller.abort(new Error('woken'));

    await expect(sleep).rejects.toThrow('woken');
  });

  it('does not fall asleep when the signal has aborted before', async () => {
    await expect(systemClock.sleep(60_000, AbortSignal.abort(new Error('never slept')))).rejects.toThrow('never slept');
  });
});
