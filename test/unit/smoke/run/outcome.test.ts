import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../../lib/smoke/run/outcome.ts';
import { isPass, statusOf, summaryOf } from '../../../../lib/smoke/run/summary.ts';
import type { CheckOutcome, CheckResult } from '../../../../lib/smoke/suite-result.ts';
import { aCheckResult, aFailedAttempt, anAssertion, anAttempt } from '../report/results.ts';

const once = { drains: false };

describe('how a check has ended', () => {
  it.each([
    ['dns', 'error'],
    ['connect', 'error'],
    ['tls', 'error'],
    ['timeout', 'error'],
    ['refused', 'error'],
    ['limit', 'error'],
    ['protocol', 'error'],
    ['429', 'failed'],
    ['5xx', 'failed'],
    ['status', 'failed'],
    ['assertion', 'failed'],
  ] as const)('after %s: %s', (failure, outcome) => {
    expect(endingOf({ kind: 'failed' }, [aFailedAttempt({ failure })], once).outcome).toBe(outcome);
  });

  it('tells how many assertions do not hold, and what ended the tries', () => {
    const wrong = anAssertion({ ok: false, actual: '404' });

    const { reason } = endingOf({ kind: 'failed', why: '3 attempts' }, [aFailedAttempt({ assertions: [wrong, wrong, wrong] })], once);

    expect(reason).toBe('status 200-299: got 404; 2 more (3 attempts)');
  });

  it('is failed when the last attempt was good and not enough of them were', () => {
    expect(endingOf({ kind: 'failed', why: '1 of 3 successes' }, [anAttempt()], once)).toEqual({
      outcome: 'failed',
      reason: '1 of 3 successes',
    });
  });

  it('is flaky and says that it was slow, too', () => {
    const slow = anAttempt({ assertions: [anAssertion({ degraded: true, assertion: 'latency at most 800 ms', actual: '900 ms' })] });

    expect(endingOf({ kind: 'passed' }, [aFailedAttempt(), slow], once)).toMatchObject({
      outcome: 'flaky',
      reason: expect.stringMatching(/^passed after 1 of 2 attempts had failed.*; latency at most 800 ms: got 900 ms$/),
    });
  });

  it('is not flaky for answers of the old version where they are waited out, but for anything else', () => {
    const proof = { drains: true };

    expect(endingOf({ kind: 'passed' }, [aFailedAttempt(), anAttempt()], proof)).toEqual({ outcome: 'passed' });
    expect(endingOf({ kind: 'passed' }, [aFailedAttempt({ failure: '5xx' }), anAttempt()], proof).outcome).toBe('flaky');
  });
});

describe('a suite', () => {
  const of = (...outcomes: readonly (CheckOutcome | `${CheckOutcome}?`)[]): CheckResult[] =>
    outcomes.map((word, index) =>
      aCheckResult({ name: `c${index}`, outcome: word.replace('?', '') as CheckOutcome, optional: word.endsWith('?') }),
    );

  it.each([
    ['passed', of('passed', 'passed')],
    ['passed', of('passed', 'failed?', 'error?', 'skipped?', 'flaky?')],
    ['degraded', of('passed', 'degraded')],
    ['flaky', of('degraded', 'flaky', 'passed')],
    ['failed', of('flaky', 'failed')],
    ['failed', of('passed', 'error')],
    ['failed', of('passed', 'skipped')],
  ] as const)('has %s', (status, checks) => {
    expect(statusOf(checks)).toBe(status);
  });

  it('is summed up in one line, with the names that matter', () => {
    const checks = of('passed', 'failed', 'failed?', 'failed', 'failed', 'skipped');

    expect(summaryOf(checks)).toBe('1 passed, 4 failed (c1; c2, optional; c3; 1 more), 1 skipped (c5) of 6 checks');
  });

  it.each(['passed', 'flaky', 'degraded'] as const)('counts %s as a pass', (outcome) => {
    expect(isPass({ outcome })).toBe(true);
  });
});
