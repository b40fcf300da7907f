import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../../lib/rollout/verdict/outcome.ts';
import { verdict } from '../../../../lib/rollout/verdict/verdict.ts';
import { anyObject } from '../../../support/rollout/any-object.ts';
import { runs } from '../../../support/runs.ts';
import { NOW } from './objects.ts';

const numRuns = runs(20_000);
const WORKLOADS = [
  'apps/v1 Deployment',
  'apps/v1 ReplicaSet',
  'apps/v1 StatefulSet',
  'apps/v1 DaemonSet',
  'batch/v1 Job',
  'argoproj.io/v1alpha1 Rollout',
];
const anyWorkload = fc
  .tuple(fc.constantFrom(...WORKLOADS), anyObject(NOW))
  .map(([title, object]) => ({ ...(object as object), apiVersion: title.split(' ')[0], kind: title.split(' ')[1] }));
const anyPods = fc.array(anyObject(NOW), { maxLength: 4 });

describe('a verdict', () => {
  it('is one of its words with a reason in one line, whatever the object and whatever is around it', () => {
    const around = fc.record({
      pods: anyPods,
      replicaSets: anyPods,
      controllerRevisions: anyPods,
      owners: anyPods,
      events: fc.array(fc.jsonValue()),
    });

    fc.assert(
      fc.property(fc.oneof(anyObject(NOW), anyWorkload, fc.jsonValue()), around, (object, surroundings) => {
        const { outcome, reasons } = verdict({ object, ...surroundings }, NOW);

        expect(OUTCOMES).toContain(outcome);
        expect(reasons.length).toBeGreaterThan(0);
        for (const { resource, reason, message } of reasons) {
          expect([resource, reason, message]).not.toContain('');
          expect(message).not.toContain('\n');
        }
      }),
      { numRuns },
    );
  });

  it('is the same each time, and leaves what it looks at as it was', () => {
    fc.assert(
      fc.property(anyWorkload, anyPods, (object, pods) => {
        const before = JSON.stringify([object, pods]);

        expect(verdict({ object, pods }, NOW)).toEqual(verdict({ object, pods }, NOW));
        expect(JSON.stringify([object, pods])).toBe(before);
      }),
      { numRuns },
    );
  });

  it('of a failure does not change by waiting: graces only end', () => {
    fc.assert(
      fc.property(anyWorkload, anyPods, fc.nat({ max: 3_600_000 }), (object, pods, laterMs) => {
        fc.pre(verdict({ object, pods }, NOW).outcome === 'failed');

        expect(verdict({ object, pods }, NOW + laterMs).outcome).toBe('failed');
      }),
      { numRuns: runs(5_000) },
    );
  });

  it('is `terminating` for whatever is being deleted', () => {
    fc.assert(
      fc.property(anyWorkload, anyPods, (object, pods) => {
        const leaving = { ...object, metadata: { name: 'web', deletionTimestamp: '2026-11-20T11:59:00Z' } };

        expect(verdict({ object: leaving, pods }, NOW).outcome).toBe('terminating');
      }),
      { numRuns: runs(2_000) },
    );
  });
});
