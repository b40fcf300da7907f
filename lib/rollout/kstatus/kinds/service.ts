import type { Fields } from '../../../kubernetes/fields.ts';
import { textAt } from '../nested.ts';
import { current, inProgress, type KstatusResult } from '../result.ts';

/** The address inside the cluster is all that is read, not the load balancer's. */
export function serviceStatus(object: Fields): KstatusResult {
  const type = textAt(object, ['spec', 'type'], 'ClusterIP');
  if (type === 'LoadBalancer' && textAt(object, ['spec', 'clusterIP'], '') === '') {
    return inProgress('NoIPAssigned', 'ClusterIP not set. Service type: LoadBalancer');
  }
  return current('Service is ready');
}
