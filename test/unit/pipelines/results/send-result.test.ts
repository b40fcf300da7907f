import { describe, expect, it } from 'vitest';
import { ResultError, type ResultErrorDetails } from '../../../../lib/pipelines/results/result-error.ts';
import { sendResult } from '../../../../lib/pipelines/results/send-result.ts';
import type { Clock } from '../../../../lib/platform/clock.ts';

const clock: Clock = { now: () => 0, sleep: async (_, signal) => signal?.throwIfAborted() };
const trouble = (details: Partial<ResultErrorDetails>): ResultError =>
  new ResultError('the answer was not confirmed: x', { trouble: 'unavailable', arrived: 'no', retryable: false, ...details });
const lost = trouble({ arrived: 'maybe', retryable: true });
const throttled = trouble({ retryable: true });
const answered = trouble({ trouble: 'answered' });
const denied = trouble({ trouble: 'denied' });

/** Attempts that end like this, one after the other; the last one again and again. */
function attempts(...outcomes: readonly (Error | 'taken')[]): { readonly put: () => Promise<void>; readonly count: () => number } {
  let at = 0;
  return {
    count: () => at,
    put: async () => {
      const outcome = outcomes[Math.min(at++, outcomes.length - 1)];
      if (outcome instanceof Error) throw outcome;
    },
  };
}

describe('sendResult', () => {
  it.each<[string, readonly (Error | 'taken')[], string, number]>([
    ['at once', ['taken'], 'taken', 1],
    ['after throttling', [throttled, throttled, 'taken'], 'taken', 3],
    ['after a lost answer', [lost, 'taken'], 'taken', 2],
    ['when a lost answer had arrived', [lost, answered], 'taken', 2],
    ['when a lost answer had arrived before throttling', [lost, throttled, answered], 'taken', 3],
    ['unless somebody else had answered', [answered], 'answered-before', 1],
    ['unless somebody else had answered while we were throttled', [throttled, answered], 'answered-before', 2],
  ])('is taken %s', async (_, outcomes, delivery, count) => {
    const { put, count: counted } = attempts(...outcomes);

    expect(await sendResult(put, { clock, random: () => 0 })).toBe(delivery);
    expect(counted()).toBe(count);
  });

  it.each<[string, readonly Error[], string, 'no' | 'maybe', number]>([
    ['a refusal', [denied], 'denied', 'no', 1],
    ['throttling without an end', [throttled], 'unavailable', 'no', 5],
    ['answers that are lost again and again', [lost], 'unavailable', 'maybe', 5],
    ['a refusal after a lost answer', [lost, denied], 'denied', 'maybe', 2],
  ])('says after %s whether the answer may have arrived', async (_, outcomes, why, arrived, count) => {
    const { put, count: counted } = attempts(...outcomes);

    await expect(sendResult(put, { clock, random: () => 0 })).rejects.toMatchObject({ trouble: why, arrived });
    expect(counted()).toBe(count);
  });

  it('does not forget a lost answer when the time ends during the wait', async () => {
    const stop = new AbortController();
    const put = async (): Promise<void> => {
      stop.abort(new Error('out of time'));
      throw lost;
    };
    const waiting = sendResult(put, { clock, signal: stop.signal, random: () => 0 });

    await expect(waiting).rejects.toMatchObject({ arrived: 'maybe' });
  });

  it('says that an answer may have arrived although the wait for the next attempt was cut', async () => {
    const stop = new AbortController();
    const cutting: Clock = {
      now: () => 0,
      sleep: async () => {
        stop.abort(new Error('out of time'));
        throw stop.signal.reason;
      },
    };

    await expect(sendResult(attempts(lost).put, { clock: cutting, signal: stop.signal, random: () => 0 })).rejects.toMatchObject({
      arrived: 'maybe',
      message: 'an answer was sent and not confirmed: out of time',
    });
  });

  it('begins no wait that outlasts the budget', async () => {
    const { put, count } = attempts(throttled);

    await expect(sendResult(put, { clock, random: () => 0.9, remainingMs: () => 50 })).rejects.toBe(throttled);
    expect(count()).toBe(1);
  });

  it('passes on what is no trouble of the platform', async () => {
    await expect(sendResult(attempts(new TypeError('a bug')).put, { clock })).rejects.toThrow('a bug');
  });
});
