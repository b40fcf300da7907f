import { describe, expect, it } from 'vitest';
import { kstatusTold } from '../../../../support/rollout/told.ts';
import { anObject, type Json } from '../../../../support/vectors/status-objects.ts';

describe('a Service', () => {
  it.each<[Json | undefined, string]>([
    [undefined, 'Current'],
    [{}, 'Current'],
    [{ type: 'ClusterIP' }, 'Current'],
    [{ type: 'NodePort' }, 'Current'],
    [{ type: 'ExternalName' }, 'Current'],
    [{ type: 'LoadBalancer', clusterIP: '10.0.0.1' }, 'Current'],
    [{ type: 'LoadBalancer', clusterIP: 'None' }, 'Current'],
    [{ type: 'LoadBalancer', clusterIP: '' }, 'InProgress (NoIPAssigned)'],
    [{ type: 'LoadBalancer', clusterIP: null }, 'InProgress (NoIPAssigned)'],
    [{ type: 'LoadBalancer', clusterIP: 7 }, 'InProgress (NoIPAssigned)'],
    [{ type: 'LoadBalancer', clusterIPs: ['10.0.0.1'] }, 'InProgress (NoIPAssigned)'],
    [{ type: 'loadBalancer' }, 'Current'],
    [{ type: null }, 'Current'],
  ])('with %j: %s', (spec, expected) => {
    expect(kstatusTold(anObject('v1 Service', spec && { spec }))).toBe(expected);
  });

  it('is not asked for the address of its load balancer', () => {
    const spec = { type: 'LoadBalancer', clusterIP: '10.0.0.1' };

    expect(kstatusTold(anObject('v1 Service', { spec, status: { loadBalancer: {} } }))).toBe('Current');
  });
});
