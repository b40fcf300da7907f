import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kstatusCompat } from '../../../../lib/rollout/kstatus/kstatus-compat.ts';
import type { KstatusResult } from '../../../../lib/rollout/kstatus/result.ts';
import { kubectlRolloutStatus } from '../../../../lib/rollout/kubectl/kubectl-rollout-status.ts';
import { StatusError } from '../../../../lib/rollout/object/status-error.ts';
import { anyObject } from '../../../support/rollout/any-object.ts';
import { runs } from '../../../support/runs.ts';
import { NOW } from '../../../support/vectors/status-objects.ts';

const numRuns = runs(20_000);
/** Later than any timestamp of the generated objects. */
const MUCH_LATER = Date.parse('3000-01-01T00:00:00Z');

/** What it answers, an error of ours included; anything else that is thrown goes on. */
function answer(object: unknown, now = NOW): KstatusResult | string {
  try {
    return kstatusCompat(object, now);
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
}

describe('kstatus of any object', () => {
  it('is one of its four words, or the one error', () => {
    const words = ['Current', 'InProgress', 'Failed', 'Terminating'];

    fc.assert(
      fc.property(anyObject(NOW), (object) => {
        const given = answer(object);
        if (typeof given === 'string') expect(given).toMatch(/^the status cannot be told: .+/);
        else expect(words).toContain(given.status);
      }),
      { numRuns },
    );
  });

  it('is one of them for any JSON whatever, and so is what kubectl says', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('v1 Pod', 'apps/v1 Deployment', 'apps/v1 StatefulSet', 'apps/v1 DaemonSet', 'batch/v1 Job'),
        (value, title) => {
          const [apiVersion, kind] = title.split(' ');
          const parts = { apiVersion, kind, metadata: { name: 'web' } };
          for (const object of [value, { ...parts, status: value }, { ...parts, spec: value }, { ...parts, metadata: value }]) {
            answer(object);
            expect(['done', 'wait', 'error']).toContain(kubectlRolloutStatus(object).status);
          }
        },
      ),
      { numRuns: runs(5_000) },
    );
  });

  it('is the same each time, and leaves the object as it was', () => {
    fc.assert(
      fc.property(anyObject(NOW), (object) => {
        const before = JSON.stringify(object);

        expect(answer(object)).toEqual(answer(JSON.parse(before)));
        expect(JSON.stringify(object)).toBe(before);
      }),
      { numRuns },
    );
  });

  it('depends on the time for a pod that cannot be scheduled, and for nothing else', () => {
    fc.assert(
      fc.property(anyObject(NOW), (object) => {
        const [given, later] = [answer(object), answer(object, MUCH_LATER)];
        if (typeof given !== 'string' && given.reason === 'PodNotScheduled') expect(later).toMatchObject({ reason: 'PodUnschedulable' });
        else expect(later).toEqual(given);
      }),
      { numRuns },
    );
  });

  it('never turns current because a count of the status has been lowered', () => {
    const counted = [
      'updatedReplicas',
      'readyReplicas',
      'availableReplicas',
      'currentReplicas',
      'fullyLabeledReplicas',
      'updatedNumberScheduled',
      'numberAvailable',
      'numberReady',
      'currentNumberScheduled',
    ];
    // Fewer updated pods have fewer that must be available; what else is lowered only lacks more.
    const isExempt = (object: Readonly<Record<string, unknown>>, name: string): boolean =>
      object.kind === 'Deployment' && name === 'updatedReplicas';

    fc.assert(
      fc.property(anyObject(NOW), fc.constantFrom(...counted), fc.integer({ min: 1, max: 3 }), (object, name, by) => {
        const status = object.status as Readonly<Record<string, unknown>> | null | undefined;
        const count = status?.[name];
        fc.pre(typeof count === 'number' && Number.isInteger(count) && count < 2 ** 40 && !isExempt(object, name));

        const given = answer(object);
        const lowered = answer({ ...object, status: { ...status, [name]: (count as number) - by } });

        if (typeof given !== 'string' && given.status !== 'Current') expect(lowered).toMatchObject({ status: given.status });
      }),
      { numRuns: runs(5_000) },
    );
  });

  it('is terminating for whatever is being deleted', () => {
    fc.assert(
      fc.property(anyObject(NOW), (object) => {
        const metadata = { ...(object.metadata as object), deletionTimestamp: '2026-11-02T12:00:00Z' };

        expect(answer({ ...object, metadata })).toMatchObject({ status: 'Terminating' });
      }),
      { numRuns },
    );
  });
});
