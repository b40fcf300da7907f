import type { V1Deployment, V1StatefulSet } from '@kubernetes/client-node';
import { podRequests } from '../pod-requests.ts';
import { parseReplicaCount } from '../replica-count.ts';
import type { KindAdapter } from './kind.ts';

/** Deployment and StatefulSet: `spec.replicas`, which the API server defaults to 1. Both downscalers write the plain count. */
export function scaledKind(kind: string, plural: string, stage: number): KindAdapter {
  return {
    resource: { group: 'apps', version: 'v1', plural, kind, namespaced: true },
    stage,
    scalable: true,
    sizeOf: (object) => (object as V1Deployment | V1StatefulSet).spec?.replicas ?? 1,
    requestsOf: (object) => podRequests((object as V1Deployment | V1StatefulSet).spec?.template?.spec),
    resize: (replicas) => ({ replicas }),
    parseOriginal: parseReplicaCount,
    formatOriginal: String,
    describe: (replicas) => (replicas === 1 ? '1 replica' : `${replicas} replicas`),
  };
}
