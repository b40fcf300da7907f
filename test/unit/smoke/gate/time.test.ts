import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proofMs, timeFor } from '../../../../lib/smoke/gate/time.ts';

const minute = 60_000;

describe('the time of a proof in one call', () => {
  it('ends before the call does, so that a rollout that was waited for to the end is recorded', () => {
    expect(proofMs(10_000)).toBe(8_500);
    expect(proofMs(100)).toBe(0);
  });
});

describe('the time of a suite', () => {
  it.each([
    ['all that it asks for', { wholeMs: 10 * minute, callMs: 5 * minute, leftMs: 30 * minute }, { deadlineMs: minute, isEnough: true }],
    [
      'too little, when the rollout took most of the call',
      { wholeMs: 10 * minute, callMs: 31_500, leftMs: 20 * minute },
      { deadlineMs: 30_000, isEnough: false },
    ],
    [
      'what there is, when the whole proof has no more',
      { wholeMs: 10 * minute, callMs: 5 * minute, leftMs: 20_000 },
      { deadlineMs: 20_000, isEnough: true },
    ],
    [
      'what a call has, when no call has more',
      { wholeMs: 40_000, callMs: 39_000, leftMs: 20 * minute },
      { deadlineMs: 37_500, isEnough: true },
    ],
    ['nothing, when nothing is left', { wholeMs: 40_000, callMs: 0, leftMs: 0 }, { deadlineMs: 0, isEnough: true }],
  ])('is %s', (_, time, expected) => {
    expect(timeFor(minute, time)).toEqual(expected);
  });

  it('never outlasts the call or the proof', () => {
    const span = fc.nat(24 * 60 * minute);
    fc.assert(
      fc.property(span, span, span, span, (asked, wholeMs, callMs, leftMs) => {
        const { deadlineMs } = timeFor(asked, { wholeMs, callMs, leftMs });

        expect(deadlineMs).toBeGreaterThanOrEqual(0);
        expect(deadlineMs).toBeLessThanOrEqual(Math.min(asked, callMs, leftMs));
      }),
    );
  });
});
