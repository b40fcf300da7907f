import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { aPod, NOW } from '../../../../support/vectors/status-objects.ts';

describe('the phase of a Pod', () => {
  it.each([
    ['Succeeded', 'Current', 'Pod has completed successfully'],
    ['Failed', 'Current', 'Pod has completed, but not successfully'],
    ['Running', 'InProgress (PodRunningNotReady)', 'Pod is running but is not Ready'],
    ['Pending', 'InProgress (PodPending)', 'Pod is in the Pending phase'],
    ['', 'InProgress (PodNotObserved)', 'Pod phase not available'],
    [undefined, 'InProgress (PodNotObserved)', 'Pod phase not available'],
  ])('%j: %s', (phase, expected, message) => {
    expect(kstatusTold(aPod(phase))).toBe(expected);
    expect(kstatusMessage(aPod(phase))).toBe(message);
  });

  it.each([null, 7, {}, ['Running']])('%j is none', (phase) => {
    expect(kstatusTold(aPod(undefined, { status: { phase } }))).toBe('InProgress (PodNotObserved)');
  });

  it.each(['Unknown', 'running', 'Evicted', ' '])('%j is an error', (phase) => {
    expect(kstatusTold(aPod(phase))).toBe(`error: there is no phase ${JSON.stringify(phase)} of a Pod`);
  });

  it.each(['Succeeded', 'Failed', 'Pending'])('%s is told without a look at the containers', (phase) => {
    const object = aPod(phase, { waiting: ['CrashLoopBackOff'] });

    expect(kstatusTold(object)).toBe(kstatusTold(aPod(phase)));
    expect(kstatusTold(aPod(phase, { status: { containerStatuses: 'x' } }))).toBe(kstatusTold(aPod(phase)));
  });
});

describe('a running Pod', () => {
  it.each([
    [['Ready=True'], [], 'Current'],
    [['Ready=True'], ['CrashLoopBackOff'], 'Current'],
    [['Ready=False', 'Ready=True'], ['CrashLoopBackOff'], 'Current'],
    [['Ready=False'], ['CrashLoopBackOff'], 'Failed (ContainerCrashLooping)'],
    [['Ready=Unknown'], ['ErrImagePull', 'CrashLoopBackOff'], 'Failed (ContainerCrashLooping)'],
    [['ContainersReady=True'], ['CrashLoopBackOff'], 'Failed (ContainerCrashLooping)'],
    [['Ready=False'], ['ImagePullBackOff'], 'InProgress (PodRunningNotReady)'],
    [['Ready=False'], ['crashLoopBackOff'], 'InProgress (PodRunningNotReady)'],
    [['Ready=false'], [], 'InProgress (PodRunningNotReady)'],
    [[], [], 'InProgress (PodRunningNotReady)'],
  ])('with %j and containers that wait for %j: %s', (conditions, waiting, expected) => {
    expect(kstatusTold(aPod('Running', { conditions, waiting }))).toBe(expected);
  });

  it('names the containers in their order', () => {
    expect(kstatusMessage(aPod('Running', { waiting: ['CrashLoopBackOff', 'ErrImagePull', 'CrashLoopBackOff'] }))).toBe(
      'Containers in CrashLoop state: c0,c2',
    );
  });

  it('is not asked for its init and ephemeral containers', () => {
    const crashed = [{ name: 'setup', state: { waiting: { reason: 'CrashLoopBackOff' } } }];
    const status = { initContainerStatuses: crashed, ephemeralContainerStatuses: crashed };

    expect(kstatusTold(aPod('Running', { status }))).toBe('InProgress (PodRunningNotReady)');
  });
});

describe('the containers of a running Pod that is not ready', () => {
  const loop = { waiting: { reason: 'CrashLoopBackOff' } };
  const crashed = { name: 'b', state: loop };
  const list = 'status.containerStatuses';

  it.each([
    [[], 'InProgress (PodRunningNotReady)'],
    [[{ state: loop }], 'InProgress (PodRunningNotReady)'],
    [[{ name: 'a' }], 'InProgress (PodRunningNotReady)'],
    [[{ name: 'a', state: {} }], 'InProgress (PodRunningNotReady)'],
    [[{ name: 'a', state: { waiting: {} } }], 'InProgress (PodRunningNotReady)'],
    [[{ name: 'a', state: { running: 'x' } }], 'InProgress (PodRunningNotReady)'],
    [[{ name: 'a' }, crashed], 'Failed (ContainerCrashLooping)'],
    [[{ name: '', state: loop }], 'Failed (ContainerCrashLooping)'],
    [null, `error: ${list} is null, not a list`],
    ['x', `error: ${list} is a text, not a list`],
    [{}, `error: ${list} is a mapping, not a list`],
    [[null], `error: ${list}[0] is null, not a mapping`],
    [['x'], `error: ${list}[0] is a text, not a mapping`],
    [[crashed, []], `error: ${list}[1] is a list, not a mapping`],
    [[{ name: null }], `error: ${list}[0].name is null, not a text`],
    [[{ name: 7 }], `error: ${list}[0].name is an integer, not a text`],
    [[{ name: 'a', state: null }], `error: ${list}[0].state is null, not a mapping`],
    [[{ name: 'a', state: 'waiting' }], `error: ${list}[0].state is a text, not a mapping`],
    [[{ name: 'a', state: { waiting: null } }], `error: ${list}[0].state.waiting is null, not a mapping`],
    [[{ name: 'a', state: { waiting: { reason: null } } }], `error: ${list}[0].state.waiting.reason is null, not a text`],
    [[{ name: 'a', state: { waiting: { reason: 7 } } }], `error: ${list}[0].state.waiting.reason is an integer, not a text`],
    [[{ state: null }], 'InProgress (PodRunningNotReady)'],
  ])('%j: %s', (containerStatuses, expected) => {
    expect(kstatusTold(aPod('Running', { status: { containerStatuses } }))).toBe(expected);
  });
});

describe('a Pod that cannot be scheduled', () => {
  const FAILED = 'Failed (PodUnschedulable)';
  const WAITS = 'InProgress (PodNotScheduled)';
  const pending = (creationTimestamp: unknown, conditions = ['PodScheduled=False Unschedulable']) =>
    aPod('Pending', { conditions, metadata: { creationTimestamp } });
  const ago = (ms: number): string => new Date(NOW - ms).toISOString();

  it.each([
    [ago(0), WAITS],
    [ago(-60_000), WAITS],
    [ago(14_999), WAITS],
    [ago(15_000), FAILED],
    [ago(15_001), FAILED],
    [ago(60_000), FAILED],
    ['2026-11-02T11:59:45.000001Z', WAITS],
    ['2026-11-02T14:00:00+02:00', WAITS],
    ['2026-11-02T09:30:00-02:30', WAITS],
    ['2026-11-02T12:00:00+02:00', FAILED],
    ['2026-11-02T12:00:00,5Z', WAITS],
    ['2026-11-02T12:00:00', FAILED],
    ['2026-11-02t12:00:00z', FAILED],
    ['2026-11-31T12:00:00Z', FAILED],
    ['2027-02-29T00:00:00Z', FAILED],
    ['2028-02-29T00:00:00Z', WAITS],
    ['2027-01-01T24:00:00Z', FAILED],
    ['2027-01-01T23:59:60Z', FAILED],
    ['2027-01-01T00:00:00+25:00', FAILED],
    ['', FAILED],
    ['null', FAILED],
    [null, FAILED],
    [undefined, FAILED],
    [NOW, FAILED],
  ])('and was created %j: %s', (creationTimestamp, expected) => {
    expect(kstatusTold(pending(creationTimestamp))).toBe(expected);
  });

  it.each([
    [['PodScheduled=False Unschedulable'], FAILED],
    [['PodScheduled=False SchedulingGated'], 'InProgress (PodPending)'],
    [['PodScheduled=False SchedulingGated', 'PodScheduled=False Unschedulable'], 'InProgress (PodPending)'],
    [['PodScheduled=True', 'PodScheduled=False Unschedulable'], FAILED],
    [['PodScheduled=Unknown Unschedulable'], 'InProgress (PodPending)'],
    [['PodScheduled=True Unschedulable'], 'InProgress (PodPending)'],
    [['Ready=False Unschedulable'], 'InProgress (PodPending)'],
    [['PodScheduled=False'], 'InProgress (PodPending)'],
  ])('%j an hour after it was created: %s', (conditions, expected) => {
    expect(kstatusTold(pending(ago(3_600_000), conditions))).toBe(expected);
  });
});
