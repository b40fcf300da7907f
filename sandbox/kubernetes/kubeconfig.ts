import { stringify } from 'yaml';

export interface KubeconfigOptions {
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
  /** Name of the cluster, the user and the context. */
  readonly name: string;
}

/** A kubeconfig with one context, as YAML. */
export function kubeconfigYaml({ url, caPem, token, name }: KubeconfigOptions): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': Buffer.from(caPem).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
