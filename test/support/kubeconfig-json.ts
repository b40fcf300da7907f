import type { ApiAccess } from './api-request.ts';

/** A kubeconfig with one context, as JSON, which every reader of kubeconfigs takes for YAML. */
export function kubeconfigFor(access: ApiAccess, cluster = 'control-plane'): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    clusters: [
      { name: cluster, cluster: { server: access.url, 'certificate-authority-data': Buffer.from(access.caPem).toString('base64') } },
    ],
    users: [{ name: 'user', user: { token: access.token } }],
    contexts: [{ name: cluster, context: { cluster, user: 'user' } }],
  });
}
