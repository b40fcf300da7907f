import { describe, expect, it } from 'vitest';
import { kstatusTold } from '../../../support/rollout/told.ts';
import { STATUS_VECTORS } from '../../../support/vectors/rollout-status.ts';
import { aDeployment, anObject, aPod } from '../../../support/vectors/status-objects.ts';

describe('the published vectors as kstatus tells them', () => {
  it.each(STATUS_VECTORS)('$id: $title', ({ object, kstatus }) => {
    expect(kstatusTold(object).replace(/^error: .*/, 'error')).toBe(kstatus);
  });
});

describe('the rule of a kind', () => {
  const unfinished = aDeployment({ spec: 2 });

  it.each([
    ['apps/v1', 'InProgress (LessReplicas)'],
    ['apps/v1beta2', 'InProgress (LessReplicas)'],
    ['apps/', 'InProgress (LessReplicas)'],
    ['extensions/v1beta1', 'InProgress (LessReplicas)'],
    ['example.com/v1', 'Current'],
    ['Apps/v1', 'Current'],
    ['v1', 'Current'],
    ['apps', 'Current'],
    ['', 'Current'],
    ['/', 'Current'],
    ['apps/v1/x', 'Current'],
    [undefined, 'Current'],
    [null, 'Current'],
    [7, 'Current'],
  ])('counts for a Deployment of apiVersion %j: %s', (apiVersion, expected) => {
    expect(kstatusTold({ ...unfinished, apiVersion })).toBe(expected);
  });

  it.each([
    ['v1', 'InProgress (PodNotObserved)'],
    ['/v1', 'InProgress (PodNotObserved)'],
    ['/', 'InProgress (PodNotObserved)'],
    ['', 'InProgress (PodNotObserved)'],
    [undefined, 'InProgress (PodNotObserved)'],
    [['v1'], 'InProgress (PodNotObserved)'],
    ['v1/', 'Current'],
    ['metrics.k8s.io/v1beta1', 'Current'],
    ['a/b/c', 'Current'],
  ])('counts for a Pod of apiVersion %j: %s', (apiVersion, expected) => {
    expect(kstatusTold({ ...anObject('v1 Pod'), apiVersion })).toBe(expected);
  });

  it.each(['pod', 'Pods', '', 'constructor', '__proto__', null, 7])('is none for the kind %j', (kind) => {
    expect(kstatusTold({ ...aPod('Pending'), kind })).toBe('Current');
  });

  it.each(['extensions/v1beta1', 'batch/v1', 'v1'])('does not count for a StatefulSet of %s', (apiVersion) => {
    expect(kstatusTold(anObject(`${apiVersion} StatefulSet`))).toBe('Current');
  });

  it.each(['v1 Secret', 'v1 ConfigMap', 'batch/v1 CronJob', 'batch/v1beta1 CronJob', 'policy/v1 PodDisruptionBudget'])(
    'lets a %s be current, whatever it says of itself',
    (title) => {
      const status = { conditions: [{ type: 'Ready', status: 'False', reason: 'NotYet' }] };

      expect(kstatusTold(anObject(title))).toBe('Current');
      expect(kstatusTold(anObject(title, { status }))).toBe('Current');
    },
  );
});

describe('what is no object', () => {
  it.each([[null], [undefined], ['text'], [7], [true], [[]]])('%j has no status', (object) => {
    expect(kstatusTold(object)).toMatch(/^error: the object is .*, not a mapping$/);
  });

  it('is current when it is an object with nothing in it', () => {
    expect(kstatusTold({})).toBe('Current');
  });
});
