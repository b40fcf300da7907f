import { type ApiObject, copyOf } from '../api-object.ts';
import { isJsonObject, type JsonObject, numberAt, objectAt } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { selectorText } from '../selectors/object-selector.ts';
import { invalid } from '../status.ts';

/** The `autoscaling/v1` Scale of a workload. */
export function scaleOf(workload: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = workload.metadata;
  const replicas = numberAt(workload, 'spec', 'replicas') ?? 0;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(uid ? { uid } : {}),
      ...(resourceVersion ? { resourceVersion } : {}),
      ...(creationTimestamp ? { creationTimestamp } : {}),
    },
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: numberAt(workload, 'status', 'replicas') ?? 0, selector: selectorText(workload) },
  };
}

/** The workload as a written Scale wants it; the Scale's resourceVersion stays a precondition. @throws StatusError 422 */
export function scaled(kind: Kind, workload: ApiObject, scale: JsonObject): ApiObject {
  const replicas = numberAt(scale, 'spec', 'replicas') ?? 0;
  if (replicas < 0 || !Number.isInteger(replicas)) {
    const cause = {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
      field: 'spec.replicas',
    };
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, workload.metadata.name, [cause]);
  }
  const next = copyOf(workload);
  next.spec = { ...objectAt(next, 'spec'), replicas };
  const sent = isJsonObject(scale.metadata) ? scale.metadata : {};
  const { resourceVersion, uid } = sent;
  if (typeof resourceVersion === 'string') next.metadata.resourceVersion = resourceVersion;
  else delete next.metadata.resourceVersion;
  if (typeof uid === 'string' && kind.hasScale) next.metadata.uid = uid;
  return next;
}
