import { describe, expect, test } from 'vitest';
import { isScaledObject, scaleTargetOf } from '../../../lib/sleep/scale-targets.ts';
import { aScaledObject } from '../../support/workloads.ts';

describe('the target of a ScaledObject', () => {
  test.each([
    [{ name: 'web' }, 'dev/Deployment/web'],
    [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }, 'dev/StatefulSet/db'],
    [{ apiVersion: '', kind: '', name: 'web' }, 'dev/Deployment/web'],
    [{ kind: 7, name: 'web' }, 'dev/Deployment/web'],
    [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' }, undefined],
    [{ apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet', name: 'db' }, undefined],
    [{ kind: 'Deployment' }, undefined],
    [{ name: 3 }, undefined],
  ])('%j is %s', (scaleTargetRef, ref) => {
    expect(scaleTargetOf(aScaledObject('queue', scaleTargetRef))).toEqual(ref === undefined ? undefined : { ref, scaledObject: 'queue' });
  });

  test.each([undefined, null, 'text', { scaleTargetRef: null }, { scaleTargetRef: 'web' }])('is not said by the spec %j', (spec) => {
    expect(scaleTargetOf({ ...aScaledObject('queue', {}), ...{ spec } })).toBeUndefined();
  });

  test('is of the namespace default unless the manifest says otherwise', () => {
    const { metadata: _, ...bare } = aScaledObject('queue', { name: 'web' });

    expect(scaleTargetOf(bare)).toEqual({ ref: 'default/Deployment/web', scaledObject: '' });
    expect(scaleTargetOf({ ...bare, metadata: { generateName: 'q-', namespace: '' } })).toMatchObject({ scaledObject: 'q-' });
  });

  test('is a matter of KEDA alone', () => {
    expect(isScaledObject({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' })).toBe(true);
    expect(isScaledObject({ apiVersion: 'example.org/v1', kind: 'ScaledObject' })).toBe(false);
    expect(isScaledObject({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledJob' })).toBe(false);
  });
});
