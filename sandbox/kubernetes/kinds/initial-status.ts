import type { ApiObject } from '../api-object.ts';
import { type JsonObject, listAt, objectAt } from '../json.ts';
import type { Kind } from './kind.ts';

/** Counts that the API always shows, even before a controller has looked at the object. */
const COUNTS: Readonly<Record<string, JsonObject>> = {
  'apps/statefulsets': { replicas: 0, availableReplicas: 0 },
  'apps/replicasets': { replicas: 0 },
  'apps/daemonsets': { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  'autoscaling/horizontalpodautoscalers': { currentMetrics: null, desiredReplicas: 0 },
  'policy/poddisruptionbudgets': { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  '/services': { loadBalancer: {} },
};

/** The status of a new object, whatever its creator sent. A Node's status is its own: the kubelet creates the object. */
export function initialStatus(kind: Kind, object: ApiObject): JsonObject {
  if (kind.id === '/pods') return { phase: 'Pending', qosClass: qualityOf(object) };
  if (kind.id === '/nodes') return objectAt(object, 'status') ?? {};
  return { ...COUNTS[kind.id] };
}

/** The class that pods are evicted by, as far as the sandbox tells: naming any resource makes a pod Burstable. */
function qualityOf(pod: ApiObject): string {
  const named = listAt(pod, 'spec', 'containers').some((container) => Object.keys(objectAt(container, 'resources') ?? {}).length > 0);
  return named ? 'Burstable' : 'BestEffort';
}
