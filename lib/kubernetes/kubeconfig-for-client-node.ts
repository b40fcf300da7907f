import type { Agent, RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { TlsMaterial } from './connection.ts';
import type { Fields } from './fields.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';
import { blamingProxy } from './proxy-error.ts';

/**
 * The token that a provider of old kubeconfigs (`gcp`, `azure`) has, as a field of the user. client-node runs its command when it has expired.
 * @throws Error whose message may quote the command and what it printed
 */
export async function providerUser(context: KubeconfigContext): Promise<Fields> {
  const options: RequestOptions = { headers: {} };
  await (await configOf(context)).applyToHTTPSOptions(options);
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const [, token] = /^Bearer (.+)$/s.exec(String(new Map(headers).get('authorization') ?? '')) ?? [];
  if (token === undefined || token === 'undefined') throw new Error('its auth-provider gave no token');
  return { token };
}

/** Connections that go through the proxy of a context, with its TLS material. */
export async function proxyAgent(context: KubeconfigContext, tls: TlsMaterial): Promise<Agent> {
  const options: RequestOptions & TlsMaterial = { ...tls };
  await (await configOf({ ...context, user: {} })).applyToHTTPSOptions(options);
  // client-node's proxy agents open a connection per request unless told otherwise.
  return blamingProxy(Object.assign(options.agent as Agent, { keepAlive: true, maxSockets: 16 }));
}

/** Only what client-node is needed for: its address and its proxy of the cluster, all of the user. */
async function configOf({ cluster, clusterName, user, userName = 'anonymous', name }: KubeconfigContext): Promise<KubeConfig> {
  // By its own path, and here: the rest of client-node is not needed, and most runs do not even need this.
  const { KubeConfig: Config } = await import('@kubernetes/client-node/dist/config.js');
  const config: KubeConfig = new Config();
  const { server, 'proxy-url': proxy, 'insecure-skip-tls-verify': unverified } = cluster;
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name: clusterName, cluster: { server, 'proxy-url': proxy, 'insecure-skip-tls-verify': unverified } }],
      users: [{ name: userName, user }],
      contexts: [{ name, context: { cluster: clusterName, user: userName } }],
      'current-context': name,
    }),
  );
  return config;
}
