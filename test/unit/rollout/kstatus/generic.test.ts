import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../support/rollout/told.ts';
import { aDeployment, anObject, type Json } from '../../../support/vectors/status-objects.ts';

const generic = (metadata: Json, status?: Json): Json => ({
  apiVersion: 'example.com/v1',
  kind: 'Database',
  metadata,
  ...(status && { status }),
});
const withConditions = (...conditions: readonly unknown[]): Json => generic({}, { conditions });

describe('an object that is being deleted', () => {
  it.each([
    ['2026-11-02T12:00:00Z', 'Terminating'],
    ['whatever', 'Terminating'],
    [' ', 'Terminating'],
    ['', 'Current'],
    [undefined, 'Current'],
    [null, 'error: metadata.deletionTimestamp is null, not a text'],
    [7, 'error: metadata.deletionTimestamp is an integer, not a text'],
    [false, 'error: metadata.deletionTimestamp is true or false, not a text'],
    [{}, 'error: metadata.deletionTimestamp is a mapping, not a text'],
    [[], 'error: metadata.deletionTimestamp is a list, not a text'],
  ])('is one with the deletionTimestamp %j: %s', (deletionTimestamp, expected) => {
    expect(kstatusTold(generic({ deletionTimestamp }))).toBe(expected);
  });

  it('is terminating whatever else it says, malformed or not', () => {
    const metadata = { deletionTimestamp: '2026-11-02T12:00:00Z', generation: 'x' };

    expect(kstatusTold({ ...aDeployment({ spec: 3 }), metadata })).toBe('Terminating');
    expect(kstatusTold(generic(metadata, { conditions: 'x', observedGeneration: 1.5 }))).toBe('Terminating');
  });

  it.each([
    [null, 'Current'],
    [undefined, 'Current'],
    ['x', 'error: metadata is a text, not a mapping'],
    [[], 'error: metadata is a list, not a mapping'],
    [7, 'error: metadata is an integer, not a mapping'],
  ])('cannot be told with the metadata %j: %s', (metadata, expected) => {
    expect(kstatusTold({ kind: 'Database', metadata })).toBe(expected);
  });
});

describe('the generation', () => {
  const NOT_OBSERVED = 'InProgress (LatestGenerationNotObserved)';

  it.each([
    [2, 1, NOT_OBSERVED],
    [1, 2, NOT_OBSERVED],
    [0, 1, NOT_OBSERVED],
    [1, 0, NOT_OBSERVED],
    [-1, 1, NOT_OBSERVED],
    [2, 2, 'Current'],
    [0, 0, 'Current'],
    [2, undefined, 'Current'],
    [undefined, 7, 'Current'],
    [undefined, '7', 'Current'],
    [undefined, null, 'Current'],
    [2, '2', 'error: status.observedGeneration is a text, not an integer'],
    [2, null, 'error: status.observedGeneration is null, not an integer'],
    [2, 1.5, 'error: status.observedGeneration is a fraction, not an integer'],
    [2, true, 'error: status.observedGeneration is true or false, not an integer'],
    [2, 2 ** 63, 'error: status.observedGeneration is a number beyond 64 bits, not an integer'],
    [2, Number.NaN, 'error: status.observedGeneration is a fraction, not an integer'],
    ['2', 2, 'error: metadata.generation is a text, not an integer'],
    [null, 2, 'error: metadata.generation is null, not an integer'],
    [2.5, 2, 'error: metadata.generation is a fraction, not an integer'],
    [[], 2, 'error: metadata.generation is a list, not an integer'],
    [{}, 2, 'error: metadata.generation is a mapping, not an integer'],
    ['2', undefined, 'error: metadata.generation is a text, not an integer'],
  ])('%j, observed %j: %s', (generation, observedGeneration, expected) => {
    expect(kstatusTold(generic({ generation }, { observedGeneration }))).toBe(expected);
  });

  it.each([
    ['x', 'error: status is a text, not a mapping'],
    [[], 'error: status is a list, not a mapping'],
    [0, 'error: status is an integer, not a mapping'],
    [null, 'Current'],
  ])('with the status %j: %s', (status, expected) => {
    expect(kstatusTold({ kind: 'Database', metadata: { generation: 1 }, status })).toBe(expected);
    expect(kstatusTold({ kind: 'Database', metadata: {}, status })).toBe(expected);
  });

  it('comes before conditions, also malformed ones', () => {
    expect(kstatusTold(generic({ generation: 2 }, { observedGeneration: 1, conditions: 'x' }))).toBe(NOT_OBSERVED);
    expect(kstatusTold(generic({ generation: 2 }, { observedGeneration: 1, conditions: [{ type: 'Stalled', status: 'True' }] }))).toBe(
      NOT_OBSERVED,
    );
  });

  it('is told with the kind and both numbers', () => {
    expect(kstatusMessage(generic({ generation: 2 }, { observedGeneration: 1 }))).toBe(
      'Database generation is 2, but latest observed generation is 1',
    );
    expect(kstatusMessage({ metadata: { generation: 2 }, status: { observedGeneration: 1 } })).toMatch(/^ generation is 2/);
  });
});

describe('the conditions for kstatus itself', () => {
  const reconciling = { type: 'Reconciling', status: 'True', reason: 'Busy', message: 'at work' };
  const stalled = { type: 'Stalled', status: 'True', reason: 'Stuck', message: 'gave up' };
  const ready = { type: 'Ready', status: 'True' };

  it.each([
    [[reconciling], 'InProgress (Busy)'],
    [[stalled], 'Failed (Stuck)'],
    [[reconciling, stalled], 'InProgress (Busy)'],
    [[stalled, reconciling], 'Failed (Stuck)'],
    [[ready, stalled], 'Failed (Stuck)'],
    [[ready, reconciling], 'InProgress (Busy)'],
    [[{ ...reconciling, status: 'False' }, stalled], 'Failed (Stuck)'],
    [[{ ...stalled, status: 'False' }, ready], 'Current'],
    [[{ ...stalled, status: 'Unknown' }], 'Current'],
    [[{ ...stalled, status: 'true' }], 'Current'],
    [[{ ...stalled, type: 'stalled' }], 'Current'],
    [[{ ...stalled, reason: undefined }], 'Failed'],
    [[{ ...stalled, reason: null }], 'Failed'],
  ])('%j: %s', (conditions, expected) => {
    expect(kstatusTold(withConditions(...conditions))).toBe(expected);
  });

  it('come before the rule of a kind, and bring their message', () => {
    const finished = aDeployment({ spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 });
    const object = { ...finished, status: { ...(finished.status as Json), conditions: [reconciling] } };

    expect(kstatusTold(object)).toBe('InProgress (Busy)');
    expect(kstatusMessage(object)).toBe('at work');
    expect(kstatusMessage(withConditions(stalled))).toBe('gave up');
  });
});

describe('conditions in general', () => {
  it.each([
    [null, 'Current'],
    [[], 'Current'],
    [[null], 'Current'],
    [[{}], 'Current'],
    [[{ type: null, status: null, reason: null, message: null }], 'Current'],
    ['', 'error: status.conditions is a text, not a list'],
    [{}, 'error: status.conditions is a mapping, not a list'],
    [0, 'error: status.conditions is an integer, not a list'],
    [false, 'error: status.conditions is true or false, not a list'],
    [['x'], 'error: status.conditions[0] is a text, not a mapping'],
    [[[]], 'error: status.conditions[0] is a list, not a mapping'],
    [[{ type: 7 }], 'error: status.conditions[0].type is an integer, not a text'],
    [[{ status: true }], 'error: status.conditions[0].status is true or false, not a text'],
    [[{ reason: 1.5 }], 'error: status.conditions[0].reason is a fraction, not a text'],
    [[{ message: {} }], 'error: status.conditions[0].message is a mapping, not a text'],
    [[{ lastTransitionTime: 7 }], 'Current'],
  ])('%j: %s', (conditions, expected) => {
    expect(kstatusTold(generic({}, { conditions }))).toBe(expected);
  });

  it('are malformed also behind one that would decide', () => {
    expect(kstatusTold(withConditions({ type: 'Stalled', status: 'True' }, { type: 7 }))).toBe(
      'error: status.conditions[1].type is an integer, not a text',
    );
  });

  it.each(['v1 Secret', 'v1 ConfigMap', 'batch/v1 CronJob', 'apps/v1 StatefulSet', 'v1 Service', 'policy/v1 PodDisruptionBudget'])(
    'are checked for a %s too, which has no use for them',
    (title) => {
      expect(kstatusTold(anObject(title, { status: { conditions: [7] } }))).toMatch(/^error: status\.conditions\[0\]/);
    },
  );
});

describe('a Ready condition, where a kind has no rule', () => {
  const ready = (status: unknown, reason = 'R') => ({ type: 'Ready', status, reason, message: 'm' });

  it.each([
    [[ready('True')], 'Current'],
    [[ready('False')], 'InProgress (R)'],
    [[ready('Unknown')], 'InProgress (R)'],
    [[ready('')], 'Current'],
    [[ready('maybe'), ready('False', 'Second')], 'InProgress (Second)'],
    [[ready('True'), ready('False')], 'Current'],
    [[ready('False', 'First'), ready('True')], 'InProgress (First)'],
    [[{ ...ready('False'), type: 'ready' }], 'Current'],
    [[{ ...ready('False'), type: 'Healthy' }], 'Current'],
  ])('%j: %s', (conditions, expected) => {
    expect(kstatusTold(withConditions(...conditions))).toBe(expected);
  });

  it('brings its message', () => {
    expect(kstatusMessage(withConditions(ready('Unknown')))).toBe('m');
    expect(kstatusMessage(withConditions(ready('True')))).toBe('Resource is Ready');
    expect(kstatusMessage(generic({}))).toBe('Resource is current');
  });

  it('is that of any custom resource, a Certificate or a Node', () => {
    const conditions = [ready('False', 'Issuing')];

    expect(kstatusTold(anObject('cert-manager.io/v1 Certificate', { status: { conditions } }))).toBe('InProgress (Issuing)');
    expect(kstatusTold(anObject('v1 Node', { status: { conditions } }))).toBe('InProgress (Issuing)');
    expect(kstatusTold(anObject('v1 Namespace', { status: { phase: 'Terminating' } }))).toBe('Current');
  });
});
