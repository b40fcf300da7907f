import type { ProxyRoute, TlsMaterial } from './connection.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';
import { sameTls } from './same-tls.ts';

/** Makes the connections of a context that names a proxy: the same agent for as long as the TLS material stays what it is. */
export function proxyOf(context: KubeconfigContext): ((tls: TlsMaterial) => Promise<ProxyRoute>) | undefined {
  const address = context.cluster['proxy-url'];
  if (!address) return undefined;
  let made: { readonly proxy: ProxyRoute; readonly tls: TlsMaterial } | undefined;
  return async (tls) => {
    if (made && sameTls(made.tls, tls)) return made.proxy;
    const { proxyAgent } = await import('./kubeconfig-for-client-node.ts');
    made = { proxy: { agent: await proxyAgent(context, tls), host: new URL(String(address)).host }, tls };
    return made.proxy;
  };
}
