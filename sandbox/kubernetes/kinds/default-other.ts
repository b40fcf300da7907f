import { createHash } from 'node:crypto';
import type { ApiObject } from '../api-object.ts';
import { isJsonObject, textAt } from '../json.ts';
import { child, fill, items } from './fill.ts';

export function defaultNamespace(namespace: ApiObject): void {
  fill(child(namespace, 'spec'), { finalizers: ['kubernetes'] });
  fill(child(namespace, 'status'), { phase: 'Active' });
  namespace.metadata.labels = { 'kubernetes.io/metadata.name': namespace.metadata.name, ...namespace.metadata.labels };
}

export function defaultService(service: ApiObject): void {
  const spec = child(service, 'spec');
  fill(spec, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' });
  for (const port of items(spec, 'ports')) {
    fill(port, { protocol: 'TCP' });
    if (port.port !== undefined) fill(port, { targetPort: port.port });
  }
  if (spec.type === 'ExternalName') return;
  fill(spec, { clusterIP: clusterIp(service), ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' });
  const address = textAt(spec, 'clusterIP');
  if (address !== undefined) fill(spec, { clusterIPs: [address] });
}

/** One address of 10.96.0.0/16 per service, the same in every run. */
function clusterIp(service: ApiObject): string {
  const digest = createHash('sha256').update(`${service.metadata.namespace}/${service.metadata.name}`).digest();
  return `10.96.${digest[0]}.${((digest[1] ?? 0) % 254) + 1}`;
}

/** `stringData` is write-only: it is encoded into `data`. */
export function defaultSecret(secret: ApiObject): void {
  fill(secret, { type: 'Opaque' });
  const plain = secret.stringData;
  if (!isJsonObject(plain)) return;
  const data = child(secret, 'data');
  for (const [key, value] of Object.entries(plain)) if (typeof value === 'string') data[key] = Buffer.from(value).toString('base64');
  delete secret.stringData;
}

export function defaultHorizontalPodAutoscaler(autoscaler: ApiObject): void {
  const spec = child(autoscaler, 'spec');
  fill(spec, {
    minReplicas: 1,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
  });
}
