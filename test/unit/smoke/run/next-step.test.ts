import { describe, expect, it } from 'vitest';
import type { FailureClass } from '../../../../lib/smoke/failure-class.ts';
import { type AttemptPolicy, nextStep, type Tried } from '../../../../lib/smoke/run/next-step.ts';
import { aCheck } from './checks.ts';

const NOW = 1_000_000;

/** Attempts of 100 ms, one after the other, the last of which ends now. */
function tried(...outcomes: readonly (FailureClass | 'ok')[]): Tried[] {
  return outcomes.map((outcome, index) => {
    const endedAt = NOW - (outcomes.length - 1 - index) * 100;
    return { startedAt: endedAt - 100, endedAt, ...(outcome !== 'ok' && { failure: outcome }) };
  });
}

const policy = (over: Partial<AttemptPolicy> = {}): AttemptPolicy => ({ ...aCheck('any'), drains: false, ...over });
const retry = (over: Partial<AttemptPolicy['retry']>): AttemptPolicy['retry'] => ({ ...policy().retry, ...over });
const step = (of: AttemptPolicy, before: readonly Tried[], { leftMs = 60_000, random = 0 } = {}) =>
  nextStep(of, before, { now: NOW, deadlineAt: NOW + leftMs, random });

describe('the first attempt', () => {
  it('is made at once, with the time that the check gives it', () => {
    expect(step(policy({ timeoutMs: 3_000 }), [])).toEqual({ kind: 'attempt', waitMs: 0, timeoutMs: 3_000 });
  });

  it('has no more time than the suite has left', () => {
    expect(step(policy({ timeoutMs: 3_000 }), [], { leftMs: 250 })).toMatchObject({ timeoutMs: 250 });
  });

  it.each([0, -5])('is not made with %i ms left', (leftMs) => {
    expect(step(policy(), [], { leftMs })).toEqual({ kind: 'notRun' });
  });
});

describe('a check that wants one success', () => {
  it('has it', () => {
    expect(step(policy(), tried('ok'))).toEqual({ kind: 'passed' });
    expect(step(policy(), tried('5xx', 'ok'))).toEqual({ kind: 'passed' });
  });

  it.each(['dns', 'connect', 'tls', 'timeout', '429', '5xx'] as const)('is tried again after %s', (failure) => {
    expect(step(policy(), tried(failure))).toMatchObject({ kind: 'attempt', waitMs: 200 });
  });

  it.each(['status', 'assertion', 'protocol', 'limit', 'refused'] as const)(
    'has failed after %s, which its policy does not name',
    (failure) => {
      expect(step(policy(), tried(failure))).toEqual({ kind: 'failed' });
    },
  );

  it('is tried again after whatever its policy names', () => {
    expect(step(policy({ retry: retry({ on: ['assertion'] }) }), tried('assertion'))).toMatchObject({ kind: 'attempt' });
  });

  it('is never tried again after a refused address', () => {
    expect(step(policy({ retry: retry({ on: ['refused'] }) }), tried('refused'))).toEqual({ kind: 'failed' });
  });

  it('has failed after its attempts', () => {
    expect(step(policy(), tried('5xx', 'timeout'))).toMatchObject({ kind: 'attempt' });
    expect(step(policy(), tried('5xx', 'timeout', '5xx'))).toEqual({ kind: 'failed', why: '3 attempts' });
  });
});

describe('the wait before another attempt', () => {
  it.each([
    [1, 200],
    [2, 400],
    [3, 800],
    [4, 1_000],
    [40, 1_000],
  ])('after %i failures is %i ms: it doubles up to its cap', (failures, waitMs) => {
    const of = policy({ retry: retry({ attempts: 100, maxBackoffMs: 1_000 }) });

    expect(step(of, tried(...Array<FailureClass>(failures).fill('5xx')))).toMatchObject({ waitMs });
  });

  it.each([
    [0, 100],
    [0.5, 150],
    [0.99, 199],
  ])('is shortened by chance %d to %i ms, never below its half', (random, waitMs) => {
    expect(step(policy({ retry: retry({ jitter: true }) }), tried('5xx'), { random })).toMatchObject({ waitMs });
  });

  it('is as long as the server asked for, when that is longer', () => {
    const [failure] = tried('429');

    expect(step(policy(), [{ ...failure!, retryAfterMs: 3_000 }])).toMatchObject({ waitMs: 3_000 });
    expect(step(policy(), [{ ...failure!, retryAfterMs: 50 }])).toMatchObject({ waitMs: 200 });
  });

  it('is not begun when the server asked for more time than there is', () => {
    const [failure] = tried('429');

    expect(step(policy(), [{ ...failure!, retryAfterMs: 120_000 }])).toEqual({
      kind: 'failed',
      why: 'no time for another attempt: 60000 ms are left, and it would wait 120000 ms first',
    });
  });

  it('is not begun when no answer would come in what is left after it, going by the quickest so far', () => {
    expect(step(policy(), tried('5xx'), { leftMs: 301 })).toMatchObject({ kind: 'attempt', timeoutMs: 101 });
    expect(step(policy(), tried('5xx'), { leftMs: 300 })).toMatchObject({ kind: 'failed' });
  });

  it('says nothing of attempts that ran into their limit: another one may be quick', () => {
    expect(step(policy(), tried('timeout'), { leftMs: 210 })).toMatchObject({ kind: 'attempt', timeoutMs: 10 });
  });
});

describe('a check that wants three successes in a row', () => {
  const three = policy({ successes: 3, intervalMs: 500 });

  it('waits its interval between them', () => {
    expect(step(three, tried('ok'))).toMatchObject({ kind: 'attempt', waitMs: 500 });
    expect(step(three, tried('ok', 'ok'))).toMatchObject({ kind: 'attempt', waitMs: 500 });
    expect(step(three, tried('ok', 'ok', 'ok'))).toEqual({ kind: 'passed' });
  });

  it.each(['5xx', 'status', 'assertion', 'protocol'] as const)('counts anew after a failure, here %s', (failure) => {
    expect(step(three, tried('ok', 'ok', failure))).toMatchObject({ kind: 'attempt', waitMs: 200 });
    expect(step(three, tried('ok', 'ok', failure, 'ok', 'ok'))).toMatchObject({ kind: 'attempt', waitMs: 500 });
    expect(step(three, tried('ok', 'ok', failure, 'ok', 'ok', 'ok'))).toEqual({ kind: 'passed' });
  });

  it('has failed after as many failures in a row as it has attempts', () => {
    expect(step(three, tried('5xx', 'ok', '5xx', '5xx'))).toMatchObject({ kind: 'attempt' });
    expect(step(three, tried('5xx', 'ok', '5xx', '5xx', '5xx'))).toEqual({ kind: 'failed', why: '3 attempts' });
  });

  it('has failed when there is no time for the rest', () => {
    expect(step(three, tried('ok', 'ok'), { leftMs: 550 })).toEqual({
      kind: 'failed',
      why: '2 of 3 successes in a row when the time was up',
    });
  });
});

describe('a check that proves the version after a deploy', () => {
  const proof = policy({ successes: 3, intervalMs: 500, drains: true });

  it('waits old answers out at its pace, however many there are', () => {
    expect(step(proof, tried(...Array<FailureClass>(50).fill('assertion')))).toMatchObject({ kind: 'attempt', waitMs: 500 });
  });

  it('counts anew when an old answer comes after new ones', () => {
    expect(step(proof, tried('ok', 'ok', 'assertion', 'ok'))).toMatchObject({ kind: 'attempt' });
  });

  it('gives up when the time is up', () => {
    expect(step(proof, tried('assertion'), { leftMs: 550 })).toMatchObject({ kind: 'failed' });
  });

  it('does not wait for an address that is refused', () => {
    expect(step(proof, tried('refused'))).toEqual({ kind: 'failed' });
  });
});

it('attempts of which there are very many come no faster than ten a second', () => {
  const eager = policy({ successes: 1_000, intervalMs: 0 });

  expect(step(eager, tried(...Array<'ok'>(99).fill('ok')))).toMatchObject({ waitMs: 0 });
  expect(step(eager, tried(...Array<'ok'>(100).fill('ok')))).toMatchObject({ waitMs: 100 });
});
