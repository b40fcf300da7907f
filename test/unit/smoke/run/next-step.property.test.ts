import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FAILURE_CLASSES } from '../../../../lib/smoke/failure-class.ts';
import { type AttemptPolicy, nextStep, type Tried } from '../../../../lib/smoke/run/next-step.ts';
import { runs } from '../../../support/runs.ts';
import { aCheck } from './checks.ts';

const policies: fc.Arbitrary<AttemptPolicy> = fc.record({
  retry: fc.record({
    attempts: fc.integer({ min: 1, max: 6 }),
    on: fc.subarray([...FAILURE_CLASSES]),
    backoffMs: fc.integer({ min: 0, max: 2_000 }),
    maxBackoffMs: fc.integer({ min: 0, max: 5_000 }),
    jitter: fc.boolean(),
  }),
  successes: fc.integer({ min: 1, max: 5 }),
  intervalMs: fc.integer({ min: 0, max: 3_000 }),
  timeoutMs: fc.integer({ min: 1, max: 20_000 }),
  drains: fc.boolean(),
});

/** What the world answers, attempt by attempt, and how long it takes for it. */
const worlds = fc.infiniteStream(
  fc.record({
    failure: fc.option(fc.constantFrom(...FAILURE_CLASSES), { nil: undefined, freq: 1 }),
    tookMs: fc.integer({ min: 0, max: 30_000 }),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined, freq: 4 }),
    random: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  }),
);

it('ends in time in any world, and only after what it was asked to see', () => {
  fc.assert(
    fc.property(policies, worlds, fc.integer({ min: 0, max: 60_000 }), (policy, world, budgetMs) => {
      const deadlineAt = 1_000_000 + budgetMs;
      const tried: Tried[] = [];
      let now = 1_000_000;
      for (;;) {
        const { failure, tookMs, retryAfterMs, random } = world.next().value;
        const step = nextStep(policy, tried, { now, deadlineAt, random });
        if (step.kind !== 'attempt') {
          const end = tried.slice(-policy.successes);
          const all = end.length === policy.successes && end.every((each) => each.failure === undefined);
          expect(step.kind === 'passed').toBe(all);
          expect(step.kind === 'notRun').toBe(tried.length === 0);
          return;
        }
        const last = tried.at(-1);
        expect(step.timeoutMs).toBeGreaterThan(0);
        expect(step.timeoutMs).toBeLessThanOrEqual(policy.timeoutMs);
        expect(now + step.waitMs + step.timeoutMs).toBeLessThanOrEqual(deadlineAt);
        if (last?.failure !== undefined) expect(step.waitMs).toBeGreaterThanOrEqual(last.retryAfterMs ?? 0);
        expect(last?.failure).not.toBe('refused');
        now += step.waitMs;
        const startedAt = now;
        // A probe ends at its time limit.
        now += Math.min(tookMs, step.timeoutMs);
        const failed = tookMs > step.timeoutMs ? 'timeout' : failure;
        tried.push({
          startedAt,
          endedAt: now,
          ...(failed && { failure: failed }),
          ...(failed && retryAfterMs !== undefined && { retryAfterMs }),
        });
      }
    }),
    { numRuns: runs(2_000) },
  );
});

it('tries no more than its attempts when one success is wanted and no deploy is proven', () => {
  fc.assert(
    fc.property(policies, fc.array(fc.constantFrom(...FAILURE_CLASSES), { minLength: 1, maxLength: 8 }), (given, failures) => {
      const policy = { ...aCheck('any'), ...given, successes: 1, drains: false };
      const tried = failures.map((failure): Tried => ({ startedAt: 0, endedAt: 0, failure }));

      const step = nextStep(policy, tried, { now: 0, deadlineAt: 1e9, random: 0 });

      const mayGoOn =
        failures.length < policy.retry.attempts && failures.at(-1) !== 'refused' && policy.retry.on.includes(failures.at(-1)!);
      expect(step.kind).toBe(mayGoOn ? 'attempt' : 'failed');
    }),
    { numRuns: runs(1_000) },
  );
});
