import { describe, expect, it } from 'vitest';
import { kstatusCompat } from '../../../../lib/rollout/kstatus/kstatus-compat.ts';
import { withPodFailures } from '../../../../lib/rollout/kstatus/with-pod-failures.ts';
import { aDaemonSet, aDeployment, aPod, aReplicaSet, aStatefulSet, type Json, NOW } from '../../../support/vectors/status-objects.ts';

const crashing = aPod('Running', { waiting: ['CrashLoopBackOff'] });
const unschedulable = aPod('Pending', { conditions: ['PodScheduled=False Unschedulable'] });
const starting = aPod('Pending');
const unreadable = aPod('Unknown');
const inProgress = aStatefulSet({ spec: 2, rep: 2, rdy: 1 });

function polled(object: Json, pods: readonly unknown[], now = NOW) {
  return withPodFailures({ object, result: kstatusCompat(object, now) }, pods, now);
}

describe('a controller in progress, as the poller of kstatus tells it', () => {
  it.each([
    ['Deployment', aDeployment({ spec: 2 })],
    ['ReplicaSet', aReplicaSet({ spec: 2 })],
    ['StatefulSet', inProgress],
  ])('has failed when it is a %s and pods of it have', (_, object) => {
    expect(polled(object, [crashing, starting, unschedulable])).toEqual({ status: 'Failed', reason: '', message: '2 pods have failed' });
  });

  it('stays in progress when none of its pods has failed, or cannot be told', () => {
    expect(polled(inProgress, [starting, unreadable, null, 'x'])).toMatchObject({ status: 'InProgress', reason: 'LessReady' });
    expect(polled(inProgress, [])).toMatchObject({ status: 'InProgress', reason: 'LessReady' });
  });

  it('waits for a node no longer than 15 seconds', () => {
    const pod = aPod('Pending', {
      conditions: ['PodScheduled=False Unschedulable'],
      metadata: { creationTimestamp: new Date(NOW).toISOString() },
    });

    expect(polled(inProgress, [pod], NOW + 14_000).status).toBe('InProgress');
    expect(polled(inProgress, [pod], NOW + 15_000).status).toBe('Failed');
  });

  it('is left as it is when it is of another kind, or not in progress', () => {
    expect(polled(aDaemonSet({ desired: 2 }), [crashing]).status).toBe('InProgress');
    expect(polled({ ...inProgress, apiVersion: 'example.com/v1' }, [crashing]).status).toBe('Current');
    expect(polled(aStatefulSet({ spec: 1, rep: 1, rdy: 1, cur: 1 }), [crashing]).status).toBe('Current');
    expect(withPodFailures({ object: null, result: { status: 'InProgress', reason: 'x', message: '' } }, [crashing], NOW).reason).toBe('x');
  });
});
