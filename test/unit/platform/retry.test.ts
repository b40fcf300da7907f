import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../lib/platform/clock.ts';
import { LONGEST_ASKED_WAIT_MS, type RetryOptions, retry } from '../../../lib/platform/retry.ts';

/** A clock whose sleeps pass at once and are written down. */
function fakeClock(): Clock & { readonly waits: number[] } {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
}

function failing(times: number): { readonly calls: number[]; readonly attempt: (n: number) => Promise<string> } {
  const calls: number[] = [];
  return {
    calls,
    attempt: async (n) => {
      calls.push(n);
      if (n <= times) throw new Error(`failure ${n}`);
      return 'done';
    },
  };
}

const policy = { attempts: 5, baseMs: 100, capMs: 1_000 };

function options(clock: Clock, more: Partial<RetryOptions> = {}): RetryOptions {
  return { policy, clock, random: () => 0.5, retryAfter: () => 'backoff', ...more };
}

describe('retry', () => {
  it('returns the first success and numbers attempts from 1', async () => {
    const work = failing(2);

    const result = await retry(work.attempt, options(fakeClock()));

    expect(result).toBe('done');
    expect(work.calls).toEqual([1, 2, 3]);
  });

  it('throws the last failure as it was once the attempts are used up', async () => {
    const work = failing(99);

    await expect(retry(work.attempt, options(fakeClock()))).rejects.toThrow('failure 5');
    expect(work.calls).toHaveLength(5);
  });

  it('doubles the bound of each wait up to the cap, with full jitter below it', async () => {
    const clock = fakeClock();

    await expect(retry(failing(99).attempt, options(clock, { policy: { attempts: 7, baseMs: 100, capMs: 1_000 } }))).rejects.toThrow();

    expect(clock.waits).toEqual([50, 100, 200, 400, 500, 500]);
  });

  it('spreads waits over the whole range from zero to the bound', async () => {
    for (const [random, wait] of [
      [0, 0],
      [0.999, 99.9],
    ] as const) {
      const clock = fakeClock();

      await retry(failing(1).attempt, options(clock, { random: () => random }));

      expect(clock.waits[0]).toBeCloseTo(wait);
    }
  });

  it('waits at least as long as the server asked', async () => {
    const clock = fakeClock();

    await retry(failing(1).attempt, options(clock, { retryAfter: () => 700 }));

    expect(clock.waits).toEqual([750]);
  });

  it('grants a server a longer wait than any of its own', async () => {
    const clock = fakeClock();

    await retry(failing(1).attempt, options(clock, { random: () => 0, retryAfter: () => 60_000, remainingMs: () => 90_000 }));

    expect(clock.waits).toEqual([60_000]);
  });

  it.each([
    ['without a time budget', undefined],
    ['with one that never ends', () => Number.POSITIVE_INFINITY],
  ])('grants a server five minutes %s, and gives up at once when it wants more', async (_, remainingMs) => {
    const clock = fakeClock();
    const asked = (ms: number): RetryOptions =>
      options(clock, { random: () => 0, retryAfter: () => ms, ...(remainingMs && { remainingMs }) });

    await retry(failing(1).attempt, asked(LONGEST_ASKED_WAIT_MS));
    expect(clock.waits).toEqual([300_000]);
    const work = failing(1);
    await expect(retry(work.attempt, asked(LONGEST_ASKED_WAIT_MS + 1))).rejects.toThrow('failure 1');
    expect(work.calls).toEqual([1]);
    expect(clock.waits).toHaveLength(1);
  });

  it('gives up at once when a server wants more time than is left', async () => {
    const work = failing(1);

    await expect(retry(work.attempt, options(fakeClock(), { retryAfter: () => 60_000, remainingMs: () => 30_000 }))).rejects.toThrow(
      'failure 1',
    );
    expect(work.calls).toEqual([1]);
  });

  it('gives up at once on a failure that a retry can not cure', async () => {
    const work = failing(99);

    await expect(retry(work.attempt, options(fakeClock(), { retryAfter: () => undefined }))).rejects.toThrow('failure 1');
    expect(work.calls).toEqual([1]);
  });

  it('shows the failure to the one who classifies it', async () => {
    const seen: unknown[] = [];
    const retryAfter = (error: unknown): 'backoff' => {
      seen.push(error);
      return 'backoff';
    };

    await retry(failing(1).attempt, options(fakeClock(), { retryAfter }));

    expect(seen).toEqual([new Error('failure 1')]);
  });

  it('does not begin a wait that would outlast the time budget', async () => {
    const clock = fakeClock();

    await expect(
      retry(failing(99).attempt, options(clock, { retryAfter: () => 200, remainingMs: () => 600 - clock.now() })),
    ).rejects.toThrow('failure 3');

    expect(clock.waits).toEqual([250, 250]);
  });

  it('stops with the reason of its signal when that aborts during a wait', async () => {
    const controller = new AbortController();
    const clock: Clock = {
      now: () => 0,
      sleep: async (_ms, signal) => {
        controller.abort(new Error('stopped by the caller'));
        signal?.throwIfAborted();
      },
    };

    await expect(retry(failing(99).attempt, options(clock, { signal: controller.signal }))).rejects.toThrow('stopped by the caller');
  });

  it('makes no attempt when its signal has aborted before', async () => {
    const work = failing(0);

    await expect(retry(work.attempt, options(fakeClock(), { signal: AbortSignal.abort(new Error('too late')) }))).rejects.toThrow(
      'too late',
    );
    expect(work.calls).toEqual([]);
  });

  it('throws the failure itself, not the abort, when the signal aborted during the attempt', async () => {
    const controller = new AbortController();
    const attempt = async (): Promise<never> => {
      controller.abort(new Error('late'));
      throw new Error('cut off');
    };

    await expect(retry(attempt, options(fakeClock(), { signal: controller.signal }))).rejects.toThrow('cut off');
  });

  it('uses a random source of its own when none is given', async () => {
    const clock = fakeClock();

    await retry(failing(1).attempt, { policy, clock, retryAfter: () => 'backoff' });

    expect(clock.waits[0]).toBeGreaterThanOrEqual(0);
    expect(clock.waits[0]).toBeLessThan(100);
  });
});
